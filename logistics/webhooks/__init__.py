"""To machines: what happens to a merchant's shipments, told to its own systems, signed, until it is heard."""
