"""Importing a city's register in the admin: the upload, the way of each import, the sample."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people import register_file
from people.admin.associations import MENU_HOOK, AllowedMenuItem, heads
from people.enums import AssociationKind
from people.imports import RegisterImport
from people.office_scope import limit_choices, preselect_the_only_office
from people.offices import Office
from people.register_file import Column, FileRefused
from people.register_import import UNFINISHED, ImportUnderWay, reason, start_import
from people.user import signed_in

PERMISSION = "people.import_register"
A_PAGE = 30


class ImportForm(forms.Form):
    """An upload; the offices offered are those `user` works in."""

    office = forms.ModelChoiceField(queryset=Office.objects.all(), label=gettext_lazy("City"))
    file = forms.FileField(
        label=gettext_lazy("File with the register"),
        help_text=gettext_lazy("A table as .xlsx or .csv, up to 10 MB and 50,000 rows. An empty cell changes nothing."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    is_dry_run = forms.BooleanField(
        label=gettext_lazy("Only try: show what would change, write nothing"), required=False, initial=True
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit_choices(self, user)
        preselect_the_only_office(self)


@never_cache
@permission_required(PERMISSION, raise_exception=True)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    rows = RegisterImport.objects.for_staff(request.user).select_related("office", "started_by")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/admin/imports.html", {"imports": page})


@never_cache
@permission_required(PERMISSION, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            job = start_import(
                office=form.cleaned_data["office"],
                file=upload,
                file_name=upload.name,
                is_dry_run=form.cleaned_data["is_dry_run"],
                actor=signed_in(request),
            )
        except FileRefused as refused:
            form.add_error("file", refused.message)
        except ImportUnderWay:
            form.add_error(None, _("An import for this city is under way. Wait until it has ended."))
        else:
            messages.success(request, _("The file was taken. The import begins."))
            return redirect("register_import", public_id=job.public_id)
    columns = [(label, Column(key) in register_file.NEEDED) for key, label in Column.choices]
    return render(request, "people/admin/import_new.html", {"form": form, "columns": columns})


@never_cache
@permission_required(PERMISSION, raise_exception=True)
@require_safe
def one_import(request: HttpRequest, public_id) -> HttpResponse:
    """The way of an import; the page renews itself until it has ended."""
    rows = RegisterImport.objects.for_staff(request.user).select_related("office", "started_by")
    job = get_object_or_404(rows, public_id=public_id)
    problems = [
        {**problem, "column": Column(problem["column"]).label, "reason": reason(problem)}
        for problem in job.problems
        if problem["row"]
    ]
    notes = [reason(problem) for problem in job.problems if not problem["row"]]
    context = {"job": job, "problems": problems, "notes": notes, "is_running": job.state in UNFINISHED}
    return render(request, "people/admin/import_one.html", context)


# Each column has its own language, whatever the reader's.
SAMPLE_NAMES = ("Үлгі үй", "Дом для примера")


@permission_required(PERMISSION, raise_exception=True)
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A table with the headings of a register and one invented row."""
    row = (
        AssociationKind.OSI.label,
        *SAMPLE_NAMES,
        "",
        "",
        pgettext("invented association", "Sample street, 1"),
        "120",
    )
    response = HttpResponse(register_file.workbook(heads(), [row]), content_type=register_file.XLSX)
    response["Content-Disposition"] = 'attachment; filename="register.xlsx"'
    return response


@hooks.register("register_admin_urls")
def import_urls():
    return [
        path("register/imports/", imports, name="register_imports"),
        path("register/imports/new/", new_import, name="register_import_new"),
        path("register/imports/sample.xlsx", sample, name="register_sample"),
        path("register/imports/<uuid:public_id>/", one_import, name="register_import"),
    ]


@hooks.register(MENU_HOOK)
def imports_menu_item() -> MenuItem:
    return AllowedMenuItem(
        pgettext_lazy("menu", "Import of the register"),
        reverse("register_imports"),
        name="register-imports",
        icon_name="upload",
        order=20,
        permission=PERMISSION,
    )


@hooks.register("register_permissions")
def import_permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="people", codename="import_register")
