"""Finds what is wrong in a Python repository, proves the fix, asks, and commits it to a branch of its own."""
