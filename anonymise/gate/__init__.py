"""The last gate: every part of every written file, held against everything that must not leave."""
