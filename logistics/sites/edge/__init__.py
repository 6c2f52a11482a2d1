"""Sites at the edge."""
