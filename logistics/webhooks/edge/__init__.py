"""Webhooks at the edge: endpoints, messages, the sender."""
