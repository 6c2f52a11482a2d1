"""Track: the whole story of a shipment from all sources, told live to the person who is waiting."""
