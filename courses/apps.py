from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses and seminars")

    def ready(self) -> None:
        from courses import seats
        from people import after_sign_in, cabinet

        after_sign_in.register(seats.finish_sign_up)
        cabinet.register(cabinet.Section("seats", "courses/cabinet_seats.html", seats.cabinet_context, order=10))
