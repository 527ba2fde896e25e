from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    default = True  # this module has two: without the word Django takes neither, and `ready` is never called
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import (
            cabinet,
            cabinet_association,
            checks,  # noqa: F401  registered by import
            second_factor,  # noqa: F401  registered by import
        )

        cabinet.register(
            cabinet.Section("association", "people/association/cabinet.html", cabinet_association.cabinet_context, 20)
        )


class StaffConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with our account: one name field, an e-mail and no username."""

    user_viewset = "people.staff.UserViewSet"
