"""Who and what is named in a review, and who is who."""
