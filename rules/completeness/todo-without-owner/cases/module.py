# expect: 2
"""Orders."""
# TODO: sort
# TODO: by size

text = "ä"  # FIXME later
