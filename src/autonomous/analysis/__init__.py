"""How code is read: names, scopes, constants, types, suppressions."""
