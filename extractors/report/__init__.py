"""The author's Word file, read in every part."""
