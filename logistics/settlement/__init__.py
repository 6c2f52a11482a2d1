"""Settle: who took how much money at the door, who owes it to whom, and what all of it cost."""
