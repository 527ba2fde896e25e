"""A first password for an account that has done without one."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordSetView
from django.contrib.auth.decorators import login_required
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


@method_decorator([login_required, never_cache, reauthentication_required(app="allauth.account")], name="dispatch")
class SetPasswordView(PasswordSetView):
    """allauth would let any open session set it. Changing a password asks for the old one instead."""
