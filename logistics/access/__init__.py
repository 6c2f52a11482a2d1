"""Who may do what: people with roles, merchants' API keys, paired devices, and the audit of changes."""
