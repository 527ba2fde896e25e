"""Addresses of the feeds."""

from django.urls import path

from faq.feeds import TopicChanges

urlpatterns = [path("questions/<slug:topic>/changes.xml", TopicChanges(), name="topic_changes")]
