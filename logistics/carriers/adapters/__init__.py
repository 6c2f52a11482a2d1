"""One folder per source: its codes, its wire, and how it is asked. Sources know nothing of each other."""
