"""The morning after: how each review's last run ended, what waits for a person, and who is told."""
