"""Choose: own fleet to the door, a store where the buyer collects, or a carrier."""
