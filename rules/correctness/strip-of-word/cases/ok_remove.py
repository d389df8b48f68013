def clean(text):
    return text.removesuffix(".py").removeprefix("https://").replace(".py", "")
