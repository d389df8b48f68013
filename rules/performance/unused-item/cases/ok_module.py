USERS = {"a": 1}
for name, _ in USERS.items():
    print(name)


class Table:
    for name, _ in USERS.items():
        print(name)
