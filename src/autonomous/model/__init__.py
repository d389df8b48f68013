"""The nouns of the field: frozen values that every other layer speaks in, and errors that carry facts."""
