"""The terminal: commands, screens and the one door for errors."""
