def kürzen(adresse):
    ast = adresse.name.lstrip("refs/heads/")
    return (
        adresse
        .lstrip("https://")  # Schema
        .rstrip(b"/index.html")
    ), ast
# output
def kürzen(adresse):
    ast = adresse.name.removeprefix("refs/heads/")
    return (
        adresse
        .removeprefix("https://")  # Schema
        .removesuffix(b"/index.html")
    ), ast
