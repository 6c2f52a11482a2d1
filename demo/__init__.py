"""One day in a city, from a seed: a conductor moves actors who use the same doors as anyone else."""
