import datetime


def jetzt(größe):
    return datetime.datetime.utcnow(), datetime.datetime.utcfromtimestamp(größe)
# output
import datetime


def jetzt(größe):
    return datetime.datetime.now(datetime.timezone.utc), datetime.datetime.fromtimestamp(größe, datetime.timezone.utc)
