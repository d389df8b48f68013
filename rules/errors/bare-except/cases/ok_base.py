def run(task, box):
    try:
        task()
    except BaseException as error:
        box.append(error)
