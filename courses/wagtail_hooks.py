"""Seminars in the Wagtail admin: runs, venues, courses, rosters."""

from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from core.admin_columns import MomentColumn
from courses import actions, roster
from courses.course import Course
from courses.report import chairs_with_a_seat
from courses.runs import CourseRun
from courses.venue import Venue
from people.admin import reports
from people.office_scope import OfficeScopedViewSet


class RunCreateView(CreateView):
    def save_instance(self):
        return actions.settle_run(run_id=super().save_instance().pk, actor=self.request.user)


class RunEditView(EditView):
    """Brings seats in step in the same transaction that saves a run."""

    def save_instance(self):
        return actions.settle_run(run_id=super().save_instance().pk, actor=self.request.user)


class RunIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().with_seats().with_titles().select_related("course", "office")

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("courses.view_roster"):
            buttons.append(
                ListingButton(_("Roster"), url=reverse("run_roster", args=[instance.pk]), icon_name="group", priority=5)
            )
        return buttons


class CourseRunViewSet(OfficeScopedViewSet):
    model = CourseRun
    icon = "date"
    add_view_class = RunCreateView
    edit_view_class = RunEditView
    index_view_class = RunIndexView
    list_display = [
        "code",
        Column("title", label=_("Course")),
        MomentColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
        "status",
        Column("taken", label=_("Taken")),
        Column("capacity", label=_("Seats")),
        Column("queue", label=_("Queue")),
        "office",
    ]
    list_filter = ["status", "office", "course", "language", "eligibility"]
    ordering = ["-starts_at"]


class VenueViewSet(OfficeScopedViewSet):
    model = Venue
    icon = "site"
    list_display = ["__str__", "office", "is_step_free"]
    list_filter = ["office"]


class CourseViewSet(SnippetViewSet):
    """Facts of a course; the course itself is made with its page."""

    model = Course
    icon = "form"
    list_display = ["code", "level", "hours", "is_archived"]
    panels = [FieldPanel("code"), FieldPanel("level"), FieldPanel("hours"), FieldPanel("is_archived")]


class SeminarsGroup(SnippetViewSetGroup):
    items = (CourseRunViewSet, VenueViewSet, CourseViewSet)
    menu_label = _("Seminars")
    menu_icon = "date"
    menu_order = 200


register_snippet(SeminarsGroup)
reports.register_column("chairs_with_a_seat", _("Chairs with a seat"), chairs_with_a_seat)


@hooks.register("register_admin_urls")
def roster_urls():
    return [
        path("runs/<int:run_id>/roster/", roster.roster, name="run_roster"),
        path("runs/<int:run_id>/roster.xlsx", roster.export, name="run_roster_export"),
        path("runs/<int:run_id>/roster/<uuid:public_id>/remove/", roster.remove, name="run_roster_remove"),
    ]


@hooks.register("register_permissions")
def roster_permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="courses", codename__in=["view_roster", "export_roster"])
