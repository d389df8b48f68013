def run(items):
    for item in items:
        try:
            item()
        except ValueError:
            continue
        break
