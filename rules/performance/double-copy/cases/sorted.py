def check():
    found = {"b", "a", "größe"}
    return (
        sorted(list(found)),
        sorted(tuple(name for name in found), key=len, reverse=True)[0],
        list(sorted(found, key=str.lower)),
        set(list("abba")) == set(tuple("ab")),
        tuple(list(range(3))),
        list(tuple("ab")),
    )
# output
def check():
    found = {"b", "a", "größe"}
    return (
        sorted(found),
        sorted((name for name in found), key=len, reverse=True)[0],
        sorted(found, key=str.lower),
        set("abba") == set("ab"),
        tuple(range(3)),
        list("ab"),
    )
