def find(users):
    for name, value in users.items():
        print(name, value)
    for _, _ in users.items():
        print("one")
