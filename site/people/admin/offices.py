"""Offices in the admin: a city is opened by filling in one form."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView

from people.office_scope import OfficeScopedChooserViewSet, OfficeScopedViewSet
from people.offices import Office


class OfficeEditView(EditView):
    def form_valid(self, form) -> HttpResponse:
        """What only the database refuses is said above the form, with everything typed kept."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            message = _("A district with associations cannot be removed. Give them another first.")
        except IntegrityError:  # rows are saved one after the other: two days that change places meet half-way
            message = _("Two days have changed places. Remove one, save, and add it again.")
        self.produced_error_code, self.produced_error_message = "validation_error", message
        return self.form_invalid(form)


class OfficeChooserViewSet(OfficeScopedChooserViewSet):
    register_widget = False  # forms offer the few offices in a plain list


class OfficeViewSet(OfficeScopedViewSet):
    model = Office
    office_path = "pk"
    edit_view_class = OfficeEditView
    chooser_viewset_class = OfficeChooserViewSet
    icon = "site"
    copy_view_enabled = False
    add_to_settings_menu = True
    menu_order = 100
    list_display = ["__str__", "state", "languages", "position"]
    list_filter = ["state"]


register_snippet(OfficeViewSet)
