"""Delivery at the edge."""
