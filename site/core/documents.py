"""Which documents a visitor may have: a private one is not offered to who would be refused."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction


def may_have(document: Document, request: HttpRequest | None) -> bool:
    """Whether the visitor would get the file. One query a request, a second where a collection is private."""
    if request is None:  # a preview of a block in the admin
        return True
    restrictions = _restrictions(request).get(document.collection_id, [])
    return all(restriction.accept_request(request) for restriction in restrictions)


def _restrictions(request: HttpRequest) -> dict[int, list[CollectionViewRestriction]]:
    """Restrictions by the collections they hold for: their own and those below it."""
    if not hasattr(request, "_collection_restrictions"):
        found: dict[int, list[CollectionViewRestriction]] = {}
        rows = list(CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups"))
        for pk, path in Collection.objects.values_list("pk", "path") if rows else ():
            found[pk] = [row for row in rows if path.startswith(row.collection.path)]
        request._collection_restrictions = found  # type: ignore[attr-defined]
    return request._collection_restrictions  # type: ignore[attr-defined]
