def make(random):
    password = random.choice("abc")
    return password
