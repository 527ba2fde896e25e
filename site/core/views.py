"""Addresses that belong to the site as a whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.site_settings import SiteSettings


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """`/`: to the language of the account, else the one chosen before, else the browser's, else Kazakh."""
    user = request.user
    language = getattr(user, "language", "") if user.is_authenticated else ""
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language_from_request(request)
    response = redirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def staff_door(request: HttpRequest) -> HttpResponseBase:
    """Wagtail's own login page: staff come in by the same sign-in as everybody."""
    return redirect(f"{reverse(settings.LOGIN_URL)}?next=/admin/")


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else, so that a slow database does not restart it."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The site can serve: the database answers and has every migration. 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    if pending:
        return HttpResponse(f"{len(pending)} migrations to apply\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = ["/admin/", "/calendar/", *(f"/*/{section}/" for section in ("account", "cabinet", "seats", "search"))]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += [f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. `Expires` is a year ahead of the day it is read on."""
    contact = SiteSettings.load(request_or_site=request).security_contact
    where = f"mailto:{contact}" if contact else request.build_absolute_uri("/ru/front-office/")
    expires = (datetime.now(UTC) + timedelta(days=364)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {where}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: kk, ru, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


# Error pages. None of them reads POST or the database more than it must: they are shown when something is wrong.


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: forged, or left open too long. Nothing was changed."""
    return render(request, "403.html", {"is_stale_form": True, "retry_url": request.path}, status=403)


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Both languages at once and no context: whatever broke may break again here."""
    return HttpResponse(render_to_string("500.html"), status=500)
