"""The audit log as hash-chained JSON Lines."""
