# expect: 2
"""Orders."""
# TODO: sort

text = "ä"  # FIXME later
