"""The store on SQLite, with named migrations."""
