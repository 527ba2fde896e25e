"""Addresses of the deadline calendar: pages under a language, and the file outside the languages."""

from django.urls import path, re_path

from law import duty_views as views

urlpatterns = [
    path("deadlines/", views.deadlines, name="deadlines"),
    path("cabinet/deadlines/", views.own_calendar, name="own_calendar"),
    path("cabinet/deadlines/make/", views.make_calendar, name="make_calendar"),
    path("cabinet/deadlines/revoke/", views.revoke_calendar, name="revoke_calendar"),
]

feed_urlpatterns = [
    path("calendar/<slug:token>.ics", views.calendar_feed, name="calendar_feed"),
    # A mistyped address is refused by the same view: Django would write it to the log.
    re_path(r"^calendar/(?P<token>.*)$", views.calendar_feed),
]
