def check():
    words = ["a", "größe", "a"]
    return (
        sorted(set([word.upper() for word in words])),
        dict([(word, len(word)) for word in words if word]),
        list([word for word in words]),
    )
# output
def check():
    words = ["a", "größe", "a"]
    return (
        sorted({word.upper() for word in words}),
        {word: len(word) for word in words if word},
        [word for word in words],
    )
