def check():
    text = (
        f"one "  # first
        "two "
        rf'three \{{'
    )
    return text, f"""a
{{b}}""" f''
# output
def check():
    text = (
        "one "  # first
        "two "
        r'three \{'
    )
    return text, """a
{b}""" ''
