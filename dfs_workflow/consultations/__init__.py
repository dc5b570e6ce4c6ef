"""Consultations: who sees which answers, and on which clause one lands."""
