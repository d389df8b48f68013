from own import sorted


def oldest(dates):
    return sorted(dates)[0]
