"""Only what differs from Django's own Russian formats."""

MONTH_DAY_FORMAT = "j E"
