"""The jigsaw: facts that name nobody and may still tell who is meant, queued for a person, with their risk and an intruder test."""
