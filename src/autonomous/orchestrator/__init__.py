"""Carries items through the stages, writes the store, publishes events, keeps limits."""
