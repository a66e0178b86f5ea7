"""Beyond one machine, by settings alone: reviews shared out by Dask, Ray or a work pool, and one run at a time over all machines."""
