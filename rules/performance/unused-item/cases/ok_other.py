def find(users, pairs):
    for name, _ in pairs:
        print(name)
    for name, _ in users.items("a"):
        print(name)
    for item in users.items():
        print(item)
