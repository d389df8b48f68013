"""How values look to people and to programs."""
