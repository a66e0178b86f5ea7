"""The name detectors: Presidio over a slim spaCy, our own patterns and Rampart, in a process of their own."""
