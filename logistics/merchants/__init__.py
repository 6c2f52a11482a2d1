"""Whom we work for: merchants and what was agreed with each."""
