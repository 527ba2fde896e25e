"""Which letters a person wants. Apps register topics; letters about a seat or the account itself have no switch."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.personal_data import PersonalData


@dataclass(frozen=True)
class Topic:
    key: str
    label: str | Promise
    help_text: str | Promise = ""
    default: bool = True
    order: int = 100


_topics: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    if topic.key in _topics:
        raise ValueError(f"topic {topic.key} is registered already")
    _topics[topic.key] = topic


def topics() -> list[Topic]:
    return sorted(_topics.values(), key=lambda topic: topic.order)


class NotificationChoice(models.Model):
    """A choice that differs from a topic's default, or repeats it."""

    personal_data = PersonalData(
        fields=("topic", "is_wanted"),
        purpose=_("to send only the letters a person wants"),
        retention=_("with the account"),
        owner="user",
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices")
    topic = models.CharField(max_length=40)
    is_wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_choice_a_topic")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.is_wanted}"


def wanted(user) -> dict[str, bool]:
    """Every registered topic with whether `user` wants it. One query."""
    chosen = dict(user.notification_choices.values_list("topic", "is_wanted"))
    return {topic.key: chosen.get(topic.key, topic.default) for topic in topics()}


def who_want(users: models.QuerySet, topic_key: str) -> models.QuerySet:
    """Those of `users` who want letters of a topic."""
    if _topics[topic_key].default:
        return users.exclude(
            notification_choices__in=NotificationChoice.objects.filter(topic=topic_key, is_wanted=False)
        )
    return users.filter(notification_choices__in=NotificationChoice.objects.filter(topic=topic_key, is_wanted=True))
