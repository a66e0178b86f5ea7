"""Who was seen: whom a row means (references), whether the person was seen (seen), how long by nobody (not_seen), whose voice it holds (voice)."""
