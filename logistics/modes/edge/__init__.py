"""Choosing at the edge."""
