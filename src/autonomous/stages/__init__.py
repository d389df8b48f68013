"""The stages of the journey: each takes one type and yields the next, or a reason."""
