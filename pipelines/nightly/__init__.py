"""Every night, unattended: serve, watch, status."""
