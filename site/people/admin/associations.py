"""The register of associations in the admin."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSetGroup

from people import register_file
from people.associations import Association
from people.office_scope import OfficeScopedForm, OfficeScopedViewSet

# A menu item of this hook stands in the group «Associations».
MENU_HOOK = "register_associations_menu_item"


class AssociationForm(OfficeScopedForm):
    def clean(self) -> dict:
        cleaned = super().clean()
        office, district = cleaned.get("office"), cleaned.get("district")
        if office and district and district.office_id != office.pk:
            self.add_error("district", _("This district is of another city."))
        return cleaned


def people_button(association: Association) -> ListingButton:
    url = reverse("association_people", args=[association.pk])
    return ListingButton(_("People"), url=url, icon_name="group", priority=5)


class AssociationIndexView(IndexView):
    FORMATS = (IndexView.FORMAT_XLSX,)  # a CSV of what people typed can hold formulas

    def get_base_queryset(self):
        return super().get_base_queryset().with_place().with_chair()

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset

    def get_list_more_buttons(self, instance):
        return [people_button(instance), *super().get_list_more_buttons(instance)]

    @cached_property
    def header_more_buttons(self):
        return [button for button in super().header_more_buttons if button.url != self.csv_export_url]

    def write_xlsx(self, queryset, output) -> None:
        """In the columns of an import: the file can be corrected and taken in again."""
        output.write(register_file.workbook(heads(), map(line, queryset)))


def heads() -> list[str]:
    """The headings of a register, in the reader's language."""
    return [str(label) for label in register_file.Column.labels]


def line(association: Association) -> Iterable[object]:
    """An association as a row under `heads`."""
    return (
        association.get_kind_display(),
        association.name_kk,
        association.name_ru,
        association.bin,
        association.district,
        association.address,
        association.units,
    )


class AssociationEditView(EditView):
    @cached_property
    def header_more_buttons(self):
        return [people_button(self.object), *super().header_more_buttons]


class AssociationViewSet(OfficeScopedViewSet):
    model = Association
    base_form_class = AssociationForm
    index_view_class = AssociationIndexView
    edit_view_class = AssociationEditView
    icon = "home"
    copy_view_enabled = False  # a BIN is one association's
    add_to_reference_index = False  # an import writes past it: a half-filled index would say that nobody uses a row
    list_display = [
        "__str__",
        "bin",
        "district",
        "address",
        "units",
        BooleanColumn("has_chair", label=_("Chair")),
        "is_in_register",
    ]
    list_filter = ["office", "district", "kind", "is_in_register"]
    search_fields = ["search_text"]
    list_export = ["name"]  # see `AssociationIndexView.write_xlsx`
    export_filename = "associations"
    ordering = ["address", "pk"]


class AssociationsGroup(SnippetViewSetGroup):
    items = (AssociationViewSet,)
    menu_label = _("Associations")
    menu_icon = "home"
    menu_name = "associations"
    menu_order = 205
    submenu_hook = MENU_HOOK


class AllowedMenuItem(MenuItem):
    """A menu item for who has the permission."""

    def __init__(self, *args, permission: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request) -> bool:
        return request.user.has_perm(self.permission)


register_snippet(AssociationsGroup)
