def go(ready=False, *, done: bool):
    if ready == True:
        return 1
    while done != True:
        wait()
# output
def go(ready=False, *, done: bool):
    if ready:
        return 1
    while not done:
        wait()
