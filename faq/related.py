"""Questions to read next: up to three by the editor's hand, completed by what leans on the same law."""

from __future__ import annotations

RELATED = 3


def related_to(page) -> list:
    """At most three live questions in the language of `page`. Two queries, one where the editor chose three."""
    if page.pk is None:
        return []
    rows = page.related_questions.select_related("question__locale").order_by("sort_order")
    chosen = [row.question for row in rows]
    found = [other for other in chosen if other.live and other.locale_id == page.locale_id and other.pk != page.pk]
    if len(found) < RELATED:
        provisions = [cited.provision.pk for cited in page.cited]
        akin = type(page).objects.live().akin_to(page, provisions).exclude(pk__in=[other.pk for other in chosen])
        found += akin.for_row()[: RELATED - len(found)]
    return found[:RELATED]
