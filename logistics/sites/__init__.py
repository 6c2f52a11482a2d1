"""Depots, warehouses and stores: where they are and when they are open."""
