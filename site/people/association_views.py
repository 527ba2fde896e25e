"""A person's associations: finding one, claiming a role, the page of its members, what its chair may do."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import association_entry, invitations, mandates
from people.association_forms import AssociationForm, ClaimForm, HandoverForm, InvitationForm
from people.associations import Association
from people.enums import MembershipReason, MembershipRole, MembershipState
from people.memberships import Invitation, Membership
from people.protocols import protocol_response
from people.user import User, keep_contacts, signed_in

FOUND_A_PAGE = 20
MEMBERS_A_PAGE = 50


@login_required
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    query = "".join(letter for letter in request.GET.get("q", "")[:100] if letter.isprintable()).strip()
    found = Paginator(Association.objects.matching(query).with_place(), FOUND_A_PAGE)
    context = {"query": query, "found": found.get_page(request.GET.get("page"))}
    return render(request, "people/association/find.html", context)


@login_required
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/association/add.html", {"form": AssociationForm()})
    form = AssociationForm(request.POST)
    is_valid = form.is_valid()
    if form.existing:
        messages.info(request, _("The register has an association with this BIN: here it is."))
        return redirect("association_claim", pk=form.existing.pk)
    if is_valid:
        try:
            association, _is_new = association_entry.enter(
                association=form.save(commit=False), actor=signed_in(request)
            )
        except mandates.Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("association_claim", pk=association.pk)
    return render(request, "people/association/add.html", {"form": form})


@login_required
@never_cache
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    association = get_object_or_404(Association.objects.with_place(), pk=pk)
    user = signed_in(request)
    if request.method != "POST":
        form = ClaimForm(user=user)
        return render(request, "people/association/claim.html", {"association": association, "form": form})
    form = ClaimForm(request.POST, request.FILES, user=user)
    if form.is_valid():
        data = form.cleaned_data
        chair = association.chair if data["role"] == MembershipRole.CHAIR else None
        try:
            mandates.claim(
                user=user,
                association_id=pk,
                role=data["role"],
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
                protocol=data["protocol"],
                language=_language(request),
            )
        except mandates.Refused as refused:
            form.refuse(refused)
        else:
            keep_contacts(user=user, full_name=data.get("full_name", ""))
            messages.success(request, _("The office has your claim. We write to you when it is decided."))
            if chair:
                messages.info(
                    request,
                    _("This association has a chair already: the office compares your minutes with that mandate."),
                )
            return redirect("association", pk=pk)
    return render(request, "people/association/claim.html", {"association": association, "form": form})


@login_required
@never_cache
@require_safe
def association(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    own = list(user.memberships.filter(association_id=pk).for_cards().prefetch_related("events"))
    if not own:
        raise Http404
    context = {"association": own[0].association, "own": own, "today": timezone.localdate()}
    if any(membership.role == MembershipRole.CHAIR and membership.is_active for membership in own):
        members = Membership.objects.visible_to(user).filter(association_id=pk, state=MembershipState.CONFIRMED)
        paginator = Paginator(members.for_cards().order_by("role", "created_at"), MEMBERS_A_PAGE)
        context |= {
            "is_chair": True,
            "members": paginator.get_page(request.GET.get("page")),
            "invitations": Invitation.objects.open().filter(association_id=pk),
        }
    return render(request, "people/association/association.html", context)


@login_required
@never_cache
@require_safe
def own_protocol(request: HttpRequest, public_id) -> HttpResponseBase:
    return protocol_response(get_object_or_404(signed_in(request).memberships, public_id=public_id))


@login_required
def leave(request: HttpRequest, public_id) -> HttpResponse:
    """Takes a claim back, or gives a role up."""
    user = signed_in(request)
    membership = get_object_or_404(user.memberships, public_id=public_id)
    if request.method == "POST":  # sign-in leads back by GET: nothing is done by looking
        try:
            if membership.is_waiting:
                mandates.withdraw(membership_id=membership.pk, actor=user)
                messages.success(request, _("The claim was taken back."))
            else:
                mandates.end(membership_id=membership.pk, actor=user, reason=MembershipReason.OWN_WISH)
                messages.success(request, _("Your role has ended."))
        except mandates.Refused as refused:
            messages.error(request, refused.message)
    return redirect("association", pk=membership.association_id)


@login_required
def end_member(request: HttpRequest, public_id) -> HttpResponse:
    """The chair ends somebody else's role."""
    user = signed_in(request)
    seen = Membership.objects.visible_to(user).exclude(user=user).exclude(role=MembershipRole.CHAIR)
    membership = get_object_or_404(seen, public_id=public_id)
    if request.method == "POST":
        try:
            mandates.end(membership_id=membership.pk, actor=user, reason=MembershipReason.BY_CHAIR)
        except mandates.Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The role has ended. The person was told by e-mail."))
    return redirect("association", pk=membership.association_id)


@login_required
@never_cache
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    return _invite(request, pk, InvitationForm, is_handover=False)


@login_required
@never_cache
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    return _invite(request, pk, HandoverForm, is_handover=True)


def _invite(request: HttpRequest, pk: int, form_class: type[InvitationForm], *, is_handover: bool) -> HttpResponse:
    user = signed_in(request)
    association = _led_or_404(user, pk)
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            invitations.invite(
                association_id=pk,
                actor=user,
                role=data["role"],
                email=data["email"],
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
                language=_language(request),
            )
        except mandates.Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The invitation is on its way. Its link works for 14 days."))
            return redirect("association", pk=pk)
    context = {"association": association, "form": form, "is_handover": is_handover}
    return render(request, "people/association/invite.html", context)


@login_required
def revoke(request: HttpRequest, public_id) -> HttpResponse:
    user = signed_in(request)
    led = Membership.objects.active().chairs().filter(user=user).values("association")
    invitation = get_object_or_404(Invitation, public_id=public_id, association__in=led)
    if request.method == "POST":
        try:
            invitations.revoke(invitation_id=invitation.pk, actor=user)
        except mandates.Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The invitation was taken back: its link no longer works."))
    return redirect("association", pk=invitation.association_id)


def _led_or_404(user: User, pk: int) -> Association:
    """The association whose chair `user` is today."""
    chair = Membership.objects.active().chairs().for_cards().filter(user=user, association_id=pk).first()
    if chair is None:
        raise Http404
    return chair.association


def _language(request: HttpRequest) -> str:
    return get_language() or signed_in(request).language
