"""Who was at work with the family at once: agencies that show no sign of knowing of each other, and workers of one role."""
