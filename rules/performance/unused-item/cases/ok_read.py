def find(users):
    for name, _ in users.items():
        print(name, _)


def translate(users):
    for name, _ in users.items():
        print(name)
    return _("done")
