"""Kuaidi100, the aggregator most Chinese carriers are followed through: signed pushes with the whole story."""
