import datetime


def go(day: datetime.date, value):
    return f"{day:%Y-%m-%d}" f"{value:,}" f"{value:0{1}d}"
