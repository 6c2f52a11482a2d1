"""How fast and how good the planning engine is, on published instances, beside its peers."""
