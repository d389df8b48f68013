"""From a rule folder to a compiled rule, and from a file to findings and rewrites."""
