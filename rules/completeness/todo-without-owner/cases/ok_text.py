TEXT = """
# TODO not a comment
"""
OTHER = "# FIXME"
