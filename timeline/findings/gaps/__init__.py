"""Gaps: silences, the period that nobody covers, concerns without action, and what was written down late."""
