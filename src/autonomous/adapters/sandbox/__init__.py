"""Ways to confine a process tree, each believed only after it stopped every escape attempt."""
