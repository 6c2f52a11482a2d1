"""Pickup at the edge."""
