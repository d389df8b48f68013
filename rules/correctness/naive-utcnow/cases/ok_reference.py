from datetime import datetime

FACTORY = datetime.utcnow  # not called: the caller decides
TEXT = "datetime.utcnow()"
BROKEN = lambda zone: datetime.utcnow(zone)
