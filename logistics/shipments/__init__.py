"""The noun everyone shares: one promise, goods of one merchant to one recipient."""
