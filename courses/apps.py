from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses and seminars")

    def ready(self) -> None:
        from courses import addresses, erasure, seats
        from people import after_sign_in, cabinet, change_email
        from people.privacy import consents
        from people.privacy.erasure import before_erasure

        after_sign_in.register(seats.finish_sign_up)
        cabinet.register(cabinet.Section("seats", "courses/cabinet_seats.html", seats.cabinet_context, order=10))
        change_email.follow(addresses.follow)
        before_erasure(erasure.clear_enrolments)
        consents.register_consequence(
            consents.ConsentPurpose.SEMINARS,
            consents.Consequence(
                _(
                    "Without this consent we cannot keep a seat for you: your places at coming seminars go to the next "
                    "in the queue. Seminars that took place stay in your history."
                ),
                erasure.release_seats,
            ),
        )
