"""Steps of a case (milestones) held against the timescales that have a source (late)."""
