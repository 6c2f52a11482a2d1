"""The people of the day. Each knows what its own line to the platform tells it, and nothing else."""
