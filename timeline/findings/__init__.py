"""The findings: what a reviewer would ask about, a module each, listed in FINDINGS."""
