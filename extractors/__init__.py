"""A file on disk -> what it holds, row by row. Knows formats and layouts."""
