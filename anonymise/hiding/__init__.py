"""A review that is safe to show: what stands for each name, place, date and age."""
