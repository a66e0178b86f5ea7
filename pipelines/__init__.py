"""The wiring: the steps, Prefect flows, the command line, settings. The only room that knows Prefect, the clock and where rules/ lies."""
