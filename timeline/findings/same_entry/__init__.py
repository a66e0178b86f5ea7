"""One agency's rows that are the same entry twice: retyped tells the same words typed again, duplicates the rows."""
