"""Texts as detectors see them, their words, and which of these may name someone."""
