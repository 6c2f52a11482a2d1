"""Carriers at the edge."""
