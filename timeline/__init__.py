"""The nouns and the reasoning: events, uncertain dates, merging and findings. Standard library and rapidfuzz only."""
