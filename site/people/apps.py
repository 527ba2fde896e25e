from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")


class StaffConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with our account: one name field, an e-mail and no username."""

    user_viewset = "people.staff.UserViewSet"
