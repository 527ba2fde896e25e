"""Roles as groups: one written table, made true by `manage.py sync_roles`.

A permission is `app.codename`. Page permissions hold for both language trees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


@dataclass(frozen=True)
class Role:
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    permissions: tuple[str, ...] = field(default_factory=tuple)


def crud(label: str, *actions: str) -> tuple[str, ...]:
    app, model = label.split(".")
    return tuple(f"{app}.{action}_{model}" for action in actions or ("add", "change", "delete", "view"))


FILES = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
TRANSLATE = ("wagtail_localize.submit_translation",)
DRAFTED = ("add", "change", "delete", "view", "publish", "lock", "unlock")
LAW = (
    *crud("law.legalact", *DRAFTED),
    *crud("law.provision", *DRAFTED),
    *crud("law.sharednote", *DRAFTED),
    *crud("law.duty"),
    *crud("law.amendment"),
    "law.change_lawsettings",
    "law.sign_review",
)
TERMS = crud("faq.glossaryterm", *DRAFTED)
CONSENTS = crud("people.consenttext", "add", "change", "view")
REGISTER = (*crud("people.association", "add", "change", "view"), "people.review_membership")
RUNS = crud("courses.courserun") + crud("courses.venue") + crud("courses.course", "change", "view")

ROLES: dict[str, Role] = {
    # Writes and publishes questions, guides, courses in both languages.
    "Editors": Role(
        pages=("add", "change", "publish"),
        files=FILES,
        permissions=(
            *TERMS,
            *crud("faq.questiontag"),
            *crud("faq.lifeevent"),
            *crud("law.provision", "add", "view", "publish"),
            *crud("law.sharednote", "add", "change", "view", "publish"),
            "law.view_amendment",
            "law.view_feedback",
            *crud("courses.course", "change", "view"),
            "law.view_legalact",
            *TRANSLATE,
        ),
    ),
    # Answers for the law: acts, provisions, the text of any page.
    "Lawyers": Role(
        pages=("change", "publish"), files=FILES, permissions=(*LAW, "law.view_feedback", *CONSENTS, *TERMS, *TRANSLATE)
    ),
    # Writes lessons, sees who comes.
    "Trainers": Role(
        pages=("add", "change"),
        files=FILES,
        permissions=("courses.view_courserun", "courses.view_roster", *TRANSLATE),
    ),
    # Meets people: rosters, the register of associations, who is chair of what.
    "Desk": Role(
        permissions=("courses.view_courserun", "courses.view_roster", "courses.export_roster", *REGISTER),
    ),
    # Runs the seminars and answers for the office.
    "Managers": Role(
        pages=("add", "change", "publish"),
        files=FILES,
        permissions=(
            *RUNS,
            "courses.view_roster",
            "courses.export_roster",
            *REGISTER,
            "people.import_register",
            *crud("people.office", "change", "view"),
            "law.view_feedback",
            *TRANSLATE,
        ),
    ),
}


# What other apps do once the groups stand, in the same transaction: a workflow for a group, say.
after_sync: list[Callable[[], object]] = []


@transaction.atomic
def sync_roles() -> int:
    """Makes the groups match the table; returns how many. Groups that staff made are left alone."""
    homes = list(Page.objects.filter(depth=2))
    Group.objects.filter(name="Moderators", user=None).delete()  # Wagtail makes it; nobody here has that role
    collection = Collection.get_first_root_node()
    for name, role in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(("wagtailadmin.access_admin", *role.permissions)))
        GroupPagePermission.objects.filter(group=group).delete()
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group=group, page=home, permission=permission)
            for home in homes
            for permission in _permissions(tuple(f"wagtailcore.{action}_page" for action in role.pages))
        )
        GroupCollectionPermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for permission in _permissions(role.files)
        )
    for step in after_sync:
        step()
    return len(ROLES)


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    """Permission rows by `app.codename`; raises LookupError for a name that no model declares."""
    wanted = set(names)
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(
            codename__in=[name.split(".", 1)[1] for name in wanted]
        ).select_related("content_type")
    }
    if missing := wanted - set(found):
        raise LookupError(f"no such permission: {', '.join(sorted(missing))}")
    return [found[name] for name in sorted(wanted)]
