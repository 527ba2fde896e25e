"""Reviews stood in columns of the page types until they got a table of their own."""

import datetime

from django.utils import timezone


def _end_of(day):
    """A day is all that was kept: an edit of that day counts as reviewed."""
    return day and timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))


def carry(*models):
    """An operation's function: copies edition, day and name of the last review of each page of `models`."""

    def forwards(apps, schema_editor):
        state = apps.get_model("law", "ReviewState")
        for label in models:
            page_type = apps.get_model(label)
            rows = page_type.objects.values_list("pk", "edition_date", "reviewed_on", "reviewer")
            state.objects.bulk_create(
                state(page_id=pk, edition_date=edition, reviewed_on=day, reviewed_at=_end_of(day), reviewer=name)
                for pk, edition, day, name in rows
                if edition or day or name
            )

    return forwards
