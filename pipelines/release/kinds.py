"""What a board can publish of a review."""

KINDS = ("overview", "learning", "rapid")
