"""The author's document with its hits marked, and the list of them."""
