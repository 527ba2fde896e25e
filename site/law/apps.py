from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "law"
    verbose_name = _("Law")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from law import duty_cabinet, reminders, signals, workflow  # noqa: F401  signals: by import
        from people import cabinet, notifications, roles

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
        page_published.connect(workflow.sign_what_was_approved, dispatch_uid="law.workflow")
        roles.after_sync.append(workflow.make_workflow)
