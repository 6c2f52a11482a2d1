"""Settlement at the edge: books, jobs, routes."""
