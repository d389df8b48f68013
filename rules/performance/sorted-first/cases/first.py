def oldest(dates):
    return sorted(dates)[0], sorted(dates)[-1]
# output
def oldest(dates):
    return min(dates), max(dates)
