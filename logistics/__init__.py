"""A merchant's orders become kept promises: choose, plan, deliver, track, settle.

Every package is a step of that sentence and imports only from earlier ones; see ARCHITECTURE.md.
"""
