"""Replanning a running day: what is read, the problem it makes, the proposal, and what accepting it does."""
