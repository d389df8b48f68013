def erste(größen):
    return list(größe for größe in größen)[0]  # die erste
# output
def erste(größen):
    return next(iter(größe for größe in größen))  # die erste
