import datetime as dt
from datetime import datetime as Uhr, timezone


def now():
    def inner():
        return Uhr.utcfromtimestamp(
            0,
        )

    return dt.datetime.utcnow(), inner
# output
import datetime as dt
from datetime import datetime as Uhr, timezone


def now():
    def inner():
        return Uhr.fromtimestamp(
            0,
            timezone.utc,
        )

    return dt.datetime.now(dt.timezone.utc), inner
