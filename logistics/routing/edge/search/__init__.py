"""Searches of routes that run in several processes: each file one way of looking, all of them in values."""
