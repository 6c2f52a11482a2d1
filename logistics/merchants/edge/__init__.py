"""Merchants at the edge."""
