def check():
    log = []
    for value in ("1", "x"):
        try:
            try:
                log.append(int(value))
            except ValueError:
                raise
        except ValueError as error:
            log.append(str(error))
    return log
# output
def check():
    log = []
    for value in ("1", "x"):
        try:
            log.append(int(value))
        except ValueError as error:
            log.append(str(error))
    return log
