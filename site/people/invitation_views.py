"""The way of an invited person: the link in the letter, a clean address, a button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import invitations
from people.association_forms import NameForm
from people.enums import MembershipRefusal, MembershipRole
from people.mandates import Refused
from people.privacy.consents import ConsentPurpose, ConsentText
from people.user import keep_contacts, signed_in

SESSION_KEY = "invitation_token"
# What may be told of the invitation to whom it was not sent: nothing.
_HIDES = frozenset({MembershipRefusal.INVITATION_UNKNOWN, MembershipRefusal.INVITATION_OTHER})


@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the secret out of the address: it would stay in histories and logs. A mail scanner changes nothing."""
    if invitations.find(token):
        request.session[SESSION_KEY] = token
    else:
        request.session.pop(SESSION_KEY, None)
    response = redirect("invitation")
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@never_cache
def invitation(request: HttpRequest) -> HttpResponse:
    """The button. Its address holds no secret: a policy without a referrer would make the browser's POST anonymous."""
    user = signed_in(request)
    form = None if user.full_name else NameForm(request.POST or None)
    token = request.session.get(SESSION_KEY, "")
    try:
        found = invitations.find(token)
        if found is None:
            raise Refused(MembershipRefusal.INVITATION_UNKNOWN)
        invitations.check(found, user)
        if request.method == "POST" and (form is None or form.is_valid()):
            if form:
                keep_contacts(user=user, full_name=form.cleaned_data["full_name"])
            membership = invitations.accept(token=token, user=user, language=get_language() or user.language)
            del request.session[SESSION_KEY]
            messages.success(request, _("The role is yours from now on."))
            return redirect("association", pk=membership.association_id)
    except Refused as refused:
        shown = None if refused.reason in _HIDES else found
        return render(request, "people/association/invitation.html", {"invitation": shown, "refusal": refused.message})
    context = {
        "invitation": found,
        "form": form,
        "is_handover": found.role == MembershipRole.CHAIR,
        "consent": ConsentText.objects.current(ConsentPurpose.MEMBERSHIP),
    }
    return render(request, "people/association/invitation.html", context)
