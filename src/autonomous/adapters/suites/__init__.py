"""Test frameworks: how to run a repository's own tests and read what they say."""
