"""Tracking at the edge: the log, the live feed's sockets, positions, the buyer's page."""
