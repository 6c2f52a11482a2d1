"""Where planning meets solvers, maps, files, the database and HTTP."""
