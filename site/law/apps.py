from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "law"
    verbose_name = _("Law")

    def ready(self) -> None:
        from law import duty_cabinet, reminders
        from people import cabinet, notifications

        cabinet.register(
            cabinet.Section("deadlines", "law/cabinet_deadlines.html", duty_cabinet.cabinet_context, order=15)
        )
        notifications.register(
            notifications.Topic(
                reminders.TOPIC,
                _("Deadlines of an owners' association"),
                _("For chairs: five days before a date in the law, and a month before the mandate ends."),
                order=20,
            )
        )
