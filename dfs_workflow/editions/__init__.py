"""Editions: how a text is frozen, read again, and compared with another edition or with today."""
