def go(ready):
    if ready == True:
        return 1
    while ready != True:
        ready = ready.next
# output
def go(ready):
    if ready:
        return 1
    while not ready:
        ready = ready.next
