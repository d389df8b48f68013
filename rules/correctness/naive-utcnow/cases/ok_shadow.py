def now(datetime):
    return datetime.utcnow(), datetime.datetime.utcnow()
