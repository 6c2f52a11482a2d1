"""The pretend carrier's own API: bookings and its story on request. Its pushes speak the Kuaidi100 dialect."""
