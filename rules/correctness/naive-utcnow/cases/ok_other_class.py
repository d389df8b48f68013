from arrow import Arrow


class Clock:
    def utcnow(self):
        return Arrow.utcnow()


def now(clock):
    return Clock().utcnow(), clock.utcnow()
