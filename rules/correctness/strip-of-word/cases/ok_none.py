def clean(text, characters):
    return text.strip(), text.strip(None), text.rstrip(characters)
