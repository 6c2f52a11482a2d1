"""Plan: which vehicle brings what in which order, what goes to a store, what is left to a carrier.

The front room knows tasks, options, vehicles and plans, and neither shipments nor solvers. Whoever made
a plan, `violations` and `cost` judge it.
"""
