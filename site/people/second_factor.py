"""Staff show a second factor before `/admin/` opens; a session that was not asked for one does not count.

What a session has shown stands in allauth's authentication records: each names the authenticator (a phone's
app, a passkey, the set of recovery codes) by its row. A record counts while that row exists, so taking the
last factor away takes the admin away with the next click, in every session.

Who has a second factor shows it, too, before the account's own locks can be changed: otherwise a session
from the time before the factor could add a passkey of its own and pass with it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import Error, register
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import reverse

from people.models import User

ADMIN = "admin/"
OPEN_IN_ADMIN = frozenset({"admin/login/", "admin/logout/"})
# Pages that change an account's locks.
LOCKS = frozenset(
    "account_email account_email_confirm account_change_password account_set_password mfa_activate_totp"
    " mfa_deactivate_totp mfa_add_webauthn mfa_edit_webauthn mfa_remove_webauthn mfa_view_recovery_codes"
    " mfa_generate_recovery_codes mfa_download_recovery_codes".split()
)


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Judges by what the address leads to, not by how it is spelled."""
        match = request.resolver_match
        is_admin = match is not None and match.route.startswith(ADMIN) and match.route not in OPEN_IN_ADMIN
        if not is_admin and (match is None or match.url_name not in LOCKS):
            return None  # and the session of a reader is not even looked at
        if not isinstance(user := request.user, User):
            return None
        is_due = needs_second_factor(user) if is_admin else has_factor(user)
        return _ask(request, user) if is_due and not is_shown(request) else None


def needs_second_factor(user: User) -> bool:
    """Whether `user` works in the admin and is not one of the demo's invented people."""
    return user.has_perm("wagtailadmin.access_admin") and not is_exempt(user)


def is_exempt(user: User) -> bool:
    """Accounts of one domain in a demo. The setting alone opens nothing: `people.E002` and this line see to it."""
    domain = settings.SECOND_FACTOR_EXEMPT_DOMAIN
    return bool(settings.DEMO and domain and user.email.endswith(f"@{domain}"))


def has_factor(user: User) -> bool:
    """Whether the account has a phone's app or a passkey. Recovery codes live and die with those."""
    return Authenticator.objects.filter(user=user).exists()


def is_shown(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor that the account still has."""
    shown = shown_at(request)
    return bool(shown) and Authenticator.objects.filter(user=request.user.pk, pk__in=shown).exists()


def shown_at(request: HttpRequest) -> dict[int, float]:
    """The authenticators (their keys) this session has shown, with the time of the last showing."""
    records = get_authentication_records(request, request.user)
    return {record["id"]: record["at"] for record in records if record.get("method") == "mfa" and "id" in record}


def mark_shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Notes that this session has just proved to hold `authenticator`: it was set up here a moment ago."""
    record_authentication(request, authenticator.user, "mfa", id=authenticator.pk, type=authenticator.type)


def _ask(request: HttpRequest, user: User) -> HttpResponse:
    """To the page that asks for the factor, or to the one that sets it up.

    The admin's scripts get 403, as from Wagtail itself: they say so, where a sign-in page would land in a dialog.
    """
    if not _wants_page(request):
        return HttpResponseForbidden("Second factor needed.\n", content_type="text/plain; charset=utf-8")
    door = get_adapter().get_reauthentication_methods(user)[0]["url"] if has_factor(user) else reverse("second_factor")
    return HttpResponseRedirect(f"{door}?{urlencode({'next': _where_to(request)})}")


def _wants_page(request: HttpRequest) -> bool:
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return False
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    accepted = request.headers.get("Accept", "")
    return "application/json" not in accepted or "text/html" in accepted


def _where_to(request: HttpRequest) -> str:
    """The address to go on to: of this page, or of the form that was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    form = urlsplit(request.headers.get("Referer", ""))
    return form.path if form.netloc == request.get_host() and form.path.startswith("/") else f"/{ADMIN}"


@register()
def only_a_demo_is_exempt(app_configs, **kwargs) -> list[Error]:
    """people.E002: no real installation lets anybody into the admin without a second factor."""
    if settings.DEMO or not settings.SECOND_FACTOR_EXEMPT_DOMAIN:
        return []
    hint = "Only the demo's settings may name SECOND_FACTOR_EXEMPT_DOMAIN."
    return [Error("Accounts of a domain would open the admin without a second factor", hint=hint, id="people.E002")]
