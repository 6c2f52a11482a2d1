"""How fast it is, as a share of what the machine can do at all: both are measured in the same run."""
