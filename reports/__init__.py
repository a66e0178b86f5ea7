"""A review and its findings -> documents. Working documents take a Timeline; anonymised ones take a SafeReview and nothing else."""
