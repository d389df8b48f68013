from datetime import datetime


def now():
    return datetime.utcnow().isoformat()
# output
from datetime import datetime, timezone


def now():
    return datetime.now(timezone.utc).isoformat()
