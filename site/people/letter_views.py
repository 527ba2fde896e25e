"""Letters the site has sent to a person, to read again. Codes are never among them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.outbox import OutboxMessage
from people.models import signed_in

PAGE_SIZE = 20


@login_required
@never_cache
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All of them, newest first. A page number that makes no sense gives the nearest page."""
    received = OutboxMessage.objects.received_by(signed_in(request))
    page = Paginator(received, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "people/messages.html", {"letters": page})


@login_required
@never_cache
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """One letter. Somebody else's is as unknown as one that does not exist."""
    found = OutboxMessage.objects.received_by(signed_in(request)).defer(None).filter(pk=number).first()
    if found is None:
        raise Http404
    return render(request, "people/message.html", {"letter": found})
