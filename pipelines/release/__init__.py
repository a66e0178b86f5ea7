"""From the draft to what leaves the board: check, sign off, publish, archive."""
