"""The house's doors to the world: database, clock, bus, HTTP."""
