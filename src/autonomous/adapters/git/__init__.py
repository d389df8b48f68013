"""Git through a shadow directory: objects, trees, refs and checkpoints, never the user's work tree."""
