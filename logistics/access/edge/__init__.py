"""Access at the edge: log-in, keys, pairing, and the guard in front of every route."""
