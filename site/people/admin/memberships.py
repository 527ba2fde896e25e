"""Claims and memberships in the admin: for who may review them, in her own offices; a 404 for everybody else."""

from __future__ import annotations

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

from people import mandates
from people.associations import Association
from people.enums import MembershipReason, MembershipState
from people.memberships import Membership, MembershipEvent
from people.privacy.access_log import AccessKind, record_access
from people.protocols import protocol_response
from people.user import signed_in

PERMISSION = "people.review_membership"
A_PAGE = 50


def for_reviewers(view):
    """Staff without the permission are told nothing: not even that there is such a page."""

    @require_admin_access
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def _membership(request: HttpRequest, public_id) -> Membership:
    return get_object_or_404(Membership.objects.for_staff(request.user).for_cards(), public_id=public_id)


@for_reviewers
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    waiting = Membership.objects.for_staff(request.user).waiting().for_cards()
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    if page:
        record_access(actor=request.user, kind=AccessKind.MEMBERSHIPS, people=len(page))
    return render(request, "people/admin/membership_claims.html", {"claims": page, "page_title": _("Claims")})


@for_reviewers
def review(request: HttpRequest, public_id) -> HttpResponse:
    """One claim; POST decides it. `decision` is confirm, hand_over (ends the present chair) or reject."""
    membership = _membership(request, public_id)
    note = request.POST.get("note", "")
    if request.method == "POST":
        try:
            _decide(request, membership, request.POST.get("decision", ""), note)
        except mandates.Refused as refused:
            messages.error(request, refused.message)
            membership.refresh_from_db()
        else:
            return redirect("membership_claims")
    association = membership.association
    others = list(
        association.memberships.open().exclude(pk=membership.pk).for_cards().order_by("role", "created_at")[:A_PAGE]
    )
    record_access(
        actor=request.user,
        kind=AccessKind.MEMBERSHIPS,
        label=str(association.pk),
        subject=membership.user,
        people=1 + len(others),
    )
    context = {
        "membership": membership,
        "association": association,
        "chair": association.memberships.filter(state=MembershipState.CONFIRMED).chairs().for_cards().first(),
        "others": others,
        "events": membership.events.select_related("actor"),
        "note": note,
        "page_title": _("Claim"),
    }
    return render(request, "people/admin/membership_review.html", context)


def _decide(request: HttpRequest, membership: Membership, decision: str, note: str) -> None:
    """Raises `mandates.Refused`, and Http404 for a decision that does not exist."""
    actor = signed_in(request)
    match decision:
        case "confirm" | "hand_over":
            mandates.confirm(membership_id=membership.pk, actor=actor, ends_previous=decision == "hand_over")
            messages.success(request, _("The role is confirmed. The person was told by e-mail."))
        case "reject":
            mandates.reject(membership_id=membership.pk, actor=actor, note=note)
            messages.success(request, _("The claim was not confirmed. The person was told by e-mail."))
        case _:
            raise Http404


@for_reviewers
@require_safe
def protocol(request: HttpRequest, public_id) -> HttpResponseBase:
    membership = _membership(request, public_id)
    response = protocol_response(membership)
    record_access(
        actor=request.user,
        kind=AccessKind.PROTOCOL,
        label=str(membership.association_id),
        subject=membership.user,
    )
    return response


@for_reviewers
@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who has or had a role in an association, with the history of each."""
    association = get_object_or_404(Association.objects.for_staff(request.user).with_place(), pk=pk)
    history = Prefetch("events", queryset=MembershipEvent.objects.select_related("actor"))
    rows = association.memberships.for_cards().prefetch_related(history)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    if page:
        record_access(actor=request.user, kind=AccessKind.MEMBERSHIPS, label=str(association.pk), people=len(page))
    context = {"association": association, "memberships": page, "page_title": str(association)}
    return render(request, "people/admin/membership_people.html", context)


@for_reviewers
@require_POST
def end(request: HttpRequest, public_id) -> HttpResponse:
    membership = _membership(request, public_id)
    try:
        mandates.end(membership_id=membership.pk, actor=signed_in(request), reason=MembershipReason.BY_STAFF)
    except mandates.Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The role has ended. The person was told by e-mail."))
    return redirect("association_people", pk=membership.association_id)


class ClaimsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def membership_urls():
    return [
        path("memberships/", claims, name="membership_claims"),
        path("memberships/<uuid:public_id>/", review, name="membership_review"),
        path("memberships/<uuid:public_id>/end/", end, name="membership_end"),
        path("memberships/<uuid:public_id>/minutes/", protocol, name="membership_protocol"),
        path("associations/<int:pk>/people/", people, name="association_people"),
    ]


@hooks.register("register_admin_menu_item")
def claims_menu_item() -> MenuItem:
    return ClaimsMenuItem(
        gettext_lazy("Claims"), reverse("membership_claims"), name="membership-claims", icon_name="group", order=210
    )


@hooks.register("register_permissions")
def membership_permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="people", codename="review_membership")
