def oldest(dates, options):
    return dates.sorted()[0], list(dates)[0 if options else 1], sorted(dates, **options)[0], sorted(*dates)[0]
