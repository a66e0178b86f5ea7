"""What the board decided on names and passages, and what it has still to decide."""
