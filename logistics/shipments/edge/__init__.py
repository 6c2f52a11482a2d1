"""Shipments at the edge."""
