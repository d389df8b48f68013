"""Puts this folder on the path: its tests share the values in `cli_samples`."""
