"""The history of the whole site. Wagtail shows it to all staff, with rows of every office: here, to administrators."""

from __future__ import annotations

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView


def _is_administrator(user) -> bool:
    if not user.is_superuser:
        raise PermissionDenied
    return True


def _for_administrators(view):
    return require_admin_access(user_passes_test(_is_administrator)(view))


# Placed before Wagtail's own addresses.
site_history = _for_administrators(LogEntriesView.as_view())
site_history_results = _for_administrators(LogEntriesView.as_view(results_only=True))


@hooks.register("construct_reports_menu")
def without_history(request, menu_items) -> None:
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name != "site-history"]
