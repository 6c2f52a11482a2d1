"""A carrier in a box, as a process of its own: it takes bookings over HTTP and pushes its story, hostilely if asked.

It knows nothing of the house but what any carrier would: our orders, a callback address and a salt.
"""
