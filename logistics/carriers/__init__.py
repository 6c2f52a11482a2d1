"""Other people's vans: what they charge, what we give them, what they tell us."""
