"""What a row's words say: cues from rules/cues/, each with whether it is denied, hearsay or only planned. Words alone decide nothing."""
