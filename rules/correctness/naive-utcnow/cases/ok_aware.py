from datetime import datetime, timezone


def now():
    return datetime.now(timezone.utc), datetime.now(), datetime.fromtimestamp(0, tz=timezone.utc)
