"""Addresses of what readers say of a page, and of pages as they stood."""

from django.urls import path

from law import change_views, feedback_views

urlpatterns = [
    path("feedback/<int:page_id>/", feedback_views.voice, name="feedback"),
    path("feedback/words/<str:token>/", feedback_views.words, name="feedback_words"),
    path("was/<int:note_id>/", change_views.was, name="page_as_it_was"),
]
