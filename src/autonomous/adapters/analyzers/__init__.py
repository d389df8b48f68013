"""Other tools under two small ports: bandit, detect-secrets, mypy, griffe, formatters."""
