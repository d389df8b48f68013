"""Implementations of the ports, one folder a technology; they know neither stages nor each other."""
