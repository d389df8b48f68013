def go(ready: bool):
    return ready == True, print(ready != False), [one for one in (ready,) if one == True]
