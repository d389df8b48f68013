def go(ready: bool):
    if ready or not ready or ready is True or ready == "True" or ready == 1:
        return 1
