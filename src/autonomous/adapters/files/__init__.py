"""Reading a directory that may be hostile."""
