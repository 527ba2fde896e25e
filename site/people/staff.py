"""Staff screens for accounts: Wagtail's own, with our one name field."""

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from people.models import User

FIELDS = ["email", "full_name", "phone", "language", "is_superuser", "groups"]


class AccountCreationForm(UserCreationForm):
    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS


class AccountEditForm(UserEditForm):
    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        model = User
        fields = [*FIELDS, "is_active"]


class UserViewSet(WagtailUserViewSet):
    ordering = "email"
    template_prefix = "people/staff/"

    def get_form_class(self, for_update: bool = False):
        return AccountEditForm if for_update else AccountCreationForm
