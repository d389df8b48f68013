def gruppen(größen):
    return dict.fromkeys(größen, []), dict.fromkeys((größe for größe in größen), set())
# output
def gruppen(größen):
    return {key: [] for key in größen}, {key: set() for key in (größe for größe in größen)}
