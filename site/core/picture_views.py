"""The address of a picture that shared links show."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.pictures import digest, kept_or_drawn


@require_safe
def picture(request: HttpRequest, page_id: int, mark: str) -> HttpResponse:
    """A PNG for ever: another title has another address. 404 for all but live public pages under their own mark.

    503 where the picture cannot be drawn: a page never waits for it, and the next one who asks tries again.
    """
    page = Page.objects.live().public().filter(pk=page_id, depth__gt=1).select_related("locale").first()
    if page is None or mark != digest(page.title, page.locale.language_code):
        raise Http404
    body = kept_or_drawn(page, page.locale.language_code)
    if body is None:
        return HttpResponse("503\n", status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": 600})
    response = HttpResponse(body, content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    return response
