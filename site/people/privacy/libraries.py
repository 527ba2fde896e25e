"""What the models of installed libraries keep of a person: declared here, as they cannot say it themselves.

A system check (people.E001) fails for a model of any installed app that is neither here nor declares itself.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.personal_data import NO_PERSONAL_DATA, OnErasure, PersonalData

_WITH_ACCOUNT = _("with the account")


def _mark_of_staff(*fields: str, also: tuple[str, ...] = ()) -> PersonalData:
    """Who of the staff worked on a row: the row stays, the account in `fields` is taken out of it."""
    return PersonalData(
        fields=(*fields, *also),
        purpose=_("to know who of the staff worked on what"),
        retention=_("without the name when the account is erased"),
        on_erasure=OnErasure.ANONYMISE,
        blanks=dict.fromkeys(fields),
    )


def _of_staff(*fields: str, exported: tuple[str, ...] = (), keep_for: timedelta | None = None, since: str = ""):
    """What a member of the staff made for herself: goes with her account."""
    return PersonalData(
        fields=("user", *fields),
        purpose=_("to work in the editing part of the site"),
        retention=_WITH_ACCOUNT,
        owner="user",
        exported=exported,
        keep_for=keep_for,
        since=since,
    )


_HISTORY = PersonalData(
    fields=("user", "label", "data"),
    purpose=_("to know who of the staff changed what"),
    retention=_("without the names of erased accounts, without end"),
    owner="user",
    on_erasure=OnErasure.KEEP,  # the number of the account stays, its name is taken out by `people.privacy.traces`
    exported=("action", "timestamp"),
)

# What a person without a role in the editing part meets; the rest concerns staff alone.
OF_EVERYBODY: dict[str, PersonalData] = {
    "account.EmailAddress": PersonalData(
        fields=("email",),
        purpose=_("to send a code to the right address"),
        retention=_WITH_ACCOUNT,
        owner="user",
        exported=("verified", "primary"),
    ),
    "account.EmailConfirmation": PersonalData(
        fields=("email_address",),
        purpose=_("to send a code to the right address"),
        retention=_WITH_ACCOUNT,
        owner="email_address__user",
        exported=("created",),
    ),
    "mfa.Authenticator": PersonalData(
        fields=("data",),
        purpose=_("to protect the account with a second step"),
        retention=_WITH_ACCOUNT,
        owner="user",
        exported=("type", "created_at", "last_used_at"),
    ),
    "usersessions.UserSession": PersonalData(
        fields=("ip", "user_agent", "created_at", "last_seen_at"),
        purpose=_("to show where your account is open, and to close it there"),
        retention=_("30 days after the last visit"),
        owner="user",
        keep_for=timedelta(seconds=settings.SESSION_COOKIE_AGE),
        since="last_seen_at",
    ),
    "sessions.Session": PersonalData(
        fields=("session_data",),
        purpose=_("to keep you signed in"),
        retention=_("30 days at most; at once when you sign out"),
        keep_for=timedelta(0),
        since="expire_date",
    ),
}

OF_STAFF: dict[str, PersonalData] = {
    "django_tasks_database.DBTaskResult": PersonalData(
        fields=("args_kwargs", "return_value", "traceback"),
        purpose=_("to do long work in the background"),
        retention=_("30 days; tasks name rows by number, never people"),
        keep_for=timedelta(days=30),
        since="finished_at",
    ),
    "wagtailadmin.EditingSession": _of_staff(keep_for=timedelta(days=1), since="last_seen_at"),
    "wagtailadmin.FormState": _of_staff("data", keep_for=timedelta(days=7), since="last_updated_at"),
    "wagtailcore.APIToken": _of_staff("name", exported=("created", "last_used_at")),
    "wagtailcore.Comment": _of_staff("text", "resolved_by", exported=("created_at",)),
    "wagtailcore.CommentReply": _of_staff("text", exported=("created_at",)),
    "wagtailcore.ModelLogEntry": _HISTORY,
    "wagtailcore.Page": _mark_of_staff("owner", "locked_by"),
    "wagtailcore.PageLogEntry": _HISTORY,
    "wagtailcore.PageSubscription": _of_staff(),
    "wagtailcore.Revision": _mark_of_staff("user", also=("content", "object_str")),
    "wagtailcore.TaskState": _mark_of_staff("finished_by", also=("comment",)),
    "wagtailcore.UploadedFile": _mark_of_staff("uploaded_by_user"),
    "wagtailcore.WorkflowState": _mark_of_staff("requested_by"),
    "wagtaildocs.Document": _mark_of_staff("uploaded_by_user"),
    "wagtailimages.Image": _mark_of_staff("uploaded_by_user"),
    "wagtailusers.UserProfile": _of_staff("avatar", "preferred_language", "current_time_zone"),
    "wagtail_localize.SegmentOverride": _mark_of_staff("last_translated_by"),
    "wagtail_localize.StringTranslation": _mark_of_staff("last_translated_by"),
}

WITHOUT = """
    auth.Group auth.Permission contenttypes.ContentType taggit.Tag taggit.TaggedItem
    wagtail_localize.LocaleSynchronization wagtail_localize.OverridableSegment wagtail_localize.RelatedObjectSegment
    wagtail_localize.String wagtail_localize.StringSegment wagtail_localize.Template wagtail_localize.TemplateSegment
    wagtail_localize.TranslatableObject wagtail_localize.Translation wagtail_localize.TranslationContext
    wagtail_localize.TranslationLog wagtail_localize.TranslationSource
    wagtailadmin.Admin wagtailcore.Collection wagtailcore.CollectionViewRestriction wagtailcore.GroupApprovalTask
    wagtailcore.GroupCollectionPermission wagtailcore.GroupPagePermission wagtailcore.GroupSitePermission
    wagtailcore.Locale wagtailcore.PageViewRestriction wagtailcore.ReferenceIndex wagtailcore.Site wagtailcore.Task
    wagtailcore.Workflow wagtailcore.WorkflowContentType wagtailcore.WorkflowPage wagtailcore.WorkflowTask
    wagtailembeds.Embed wagtailimages.Rendition wagtailredirects.Redirect
    wagtailsearch.IndexEntry wagtailsearch.SQLiteFTSIndexEntry
""".split()

# Where the site runs on PostgreSQL, these are not there.
ON_SQLITE_ALONE = frozenset({"wagtailsearch.SQLiteFTSIndexEntry"})

LIBRARIES: dict[str, PersonalData] = OF_EVERYBODY | OF_STAFF | dict.fromkeys(WITHOUT, NO_PERSONAL_DATA)
