"""Staff who write are not trusted as admins: whatever they put into any field, readers get words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.admin.utils import quote
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale
from wagtail.snippets.models import get_snippet_models

from courses import actions
from courses.course import Course
from courses.runs import CourseRun
from courses.venue import Venue
from faq.glossary import GlossaryTerm
from faq.guides import GuidePage
from faq.life_events import LifeEvent
from faq.questions import QuestionCitation, QuestionPage, QuestionTag
from faq.trees import DecisionTreePage
from home.pages import StandardPage
from home.search_page import KINDS
from law import radar_actions
from law.enums import ProvisionState
from law.models import Amendment, Duty, LegalAct, Provision, SharedNote
from law.shared_notes import SharedNoteCitation
from people.models import Association, ConsentText, Office
from people.roles import ROLES
from tests.core import hostile
from tests.core.hostile import PAYLOADS, Hostile, read
from tests.core.sample import LANGUAGES, TOUR, act_url, first
from tests.factories import make_association, make_membership, make_office, make_run, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EVIL = " ".join(PAYLOADS)
CARDS_ON_HOME = 4  # the depth of topics and courses
SEARCH = "search/?q=alert"
NOT_SHOWN = {
    "LegalAct.aliases",  # searched and never shown
    "QuestionPage.hidden_words",
    "QuestionPage.phrasings",
    "SearchPage.seo_title",  # the tab names what was searched for
}


# Reading --------------------------------------------------------------------------------------------------------------


def unseen(words: str, made: Hostile, label: str) -> set[str]:
    """Fields whose words no page shows: either nothing was published, or the test looks in the wrong place."""
    return {f"{label}.{path}" for path, text in made.planted.items() if not hostile.shows(words, text)} - NOT_SHOWN


def around(page) -> list[str]:
    """The page and whoever names it: above, beside and below it, its twin, and the home page's cards."""
    family = page.get_ancestors().filter(depth__gt=1)
    above = family if page.depth == CARDS_ON_HOME else family.filter(depth=page.depth - 1)
    beside = [*page.get_siblings(inclusive=False).live()[:1], *page.get_children().live()[:1]]
    inside = [f"{page.url}?a=1"] if isinstance(page.specific, DecisionTreePage) else []  # where its answers lead
    return [*inside, *(near.url for near in [page, *above, *beside, page.specific.twin])]


# Writing --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(client):
    client.user = make_user(group="Editors")
    client.force_login(client.user)
    return client


@pytest.fixture
def belongings():
    """What pages refer to, with hostile words of its own. The norm is gone: only then readers see why it is cited."""
    act = LegalAct.objects.create(key="evil", kind="law", title_kk=f"Zkk {EVIL}", title_ru=f"Zru {EVIL}")
    venue = Venue.objects.create(
        office=make_office(),
        name_kk=f"Zkk {EVIL}"[:120],
        name_ru=f"Zru {EVIL}"[:120],
        city_kk=EVIL[:60],
        city_ru=EVIL[:60],
    )
    provision = Provision.objects.create(act=act, ref="7", gist_kk=EVIL, gist_ru=EVIL, state=ProvisionState.REPEALED)
    note = SharedNote.objects.create(title=EVIL, text=f"<p>{escape(EVIL)}</p>", locale=Locale.get_default())
    SharedNoteCitation.objects.create(note=note, provision=provision, reason=EVIL)
    return {
        "venue": str(venue.pk),
        "image": str(Image.objects.create(title=EVIL, description=EVIL, file=get_test_image_file()).pk),
        "document": str(Document.objects.create(title=EVIL, file=ContentFile(b"words", "words.txt")).pk),
        "provision": str(provision.pk),
        "note": str(note.pk),
    }


# What the fields of a block must say together: a tree leads to its outcome, one of two answers is right.
TOGETHER = {"goto": "outcome", "body.practice.options.item.is_right": "on"}


def post_page(client, page, made: Hostile, **more):
    form = page.get_edit_handler().get_form_class()(instance=page, for_user=client.user)
    data = made.data(form) | {"action-publish": "yes"} | more
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def problems(response) -> object:
    """Why a form was refused."""
    form = response.context["form"] if response.context else None
    return form and [form.errors, *(rows.errors for rows in getattr(form, "formsets", {}).values())]


@pytest.mark.parametrize(("model", "language"), TOUR)
def test_a_page_shows_hostile_words_and_runs_nothing(editor, belongings, model, language):
    page = first(model, language)
    tag = QuestionTag.objects.create(name="Ztag <script>alert(1)</script>", slug="ztag", locale=page.locale)
    other = QuestionPage.objects.filter(locale=page.locale).last()
    certain = {"slug": page.slug, "show_in_menus": "on", "tags": tag.name, "question": str(other.pk)}
    made = Hostile(belongings | TOGETHER | certain)

    response = post_page(editor, page, made)

    assert response.status_code == 302, problems(response)
    assert unseen(read(*around(page)), made, model.__name__) == set()
    if model in [kind.model for kind in KINDS]:
        assert hostile.shows(read(f"/{language}/{SEARCH}"), made.planted["title"])


# Rows of the admin ----------------------------------------------------------------------------------------------------


def both(path: str) -> list[str]:
    return [f"/{language}/{path}" for language in LANGUAGES]


def signed_in(user) -> Client:
    reader = Client()
    reader.force_login(user)
    return reader


def words_of_provision(provision: Provision) -> str:
    pages = [first(QuestionPage, language) for language in LANGUAGES]
    for page in pages:
        QuestionCitation.objects.create(page=page, provision=provision)
    key = provision.act.key
    assert hostile.shows(read(*(page.url for page in pages)), provision.act.title_ru)
    return read(*both("acts/"), *(act_url(language, key) for language in LANGUAGES), *(page.url for page in pages))


def words_of_act(act: LegalAct) -> str:
    provision = Provision.objects.create(act=act, ref="7")
    note = SharedNote.objects.create(title="Ескерту", text="<p>Мәтін</p>", locale=Locale.get_default())
    SharedNoteCitation.objects.create(note=note, provision=provision)
    return words_of_provision(provision) + words_of_note(note)  # a note calls the act by its short name


def words_of_note(note: SharedNote) -> str:
    pages = [first(QuestionPage, language) for language in LANGUAGES]
    for page in pages:
        page.body = [("shared_note", {"note": note})]
        page.save()
    return read(*(page.url for page in pages))


def words_of_amendment(amendment: Amendment) -> str:
    """In force, and nobody has compared the pages with it."""
    pages = [first(QuestionPage, language) for language in LANGUAGES]
    for page in pages:
        QuestionCitation.objects.create(page=page, provision=amendment.provisions.get().provision)
    radar_actions.record(amendment=amendment, actor=make_user(group="Lawyers"))
    return read(*(page.url for page in pages))


def words_of_tag(tag: QuestionTag) -> str:
    page = first(QuestionPage, "kk")
    page.tags.add(tag)
    page.save()
    return read(page.url, f"/kk/questions/?tag={tag.slug}")


def words_of_event(event: LifeEvent) -> str:
    pages = [first(QuestionPage, language) for language in LANGUAGES]
    QuestionPage.objects.filter(pk__in=[page.pk for page in pages]).update(life_event=event)
    return read(*both("questions/"), *both(f"questions/?event={event.key}"), *(page.url for page in pages))


def words_of_duty(duty: Duty) -> str:
    return read(*both("deadlines/"), *both("cabinet/"), reader=signed_in(make_membership().user))


def words_of_run(run: CourseRun) -> str:
    person = make_user()
    actions.enrol(run_id=run.pk, user=person, full_name="Айгүл", phone="", language="kk", actor=person)
    seat = f"seats/{run.enrolments.get().public_id}/"
    public = [*both(""), *both("seminars/"), *both(f"seminars/{run.code}/"), *both(f"seminars/{run.code}/enrol/")]
    return read(*public) + read(*both(seat), *both("cabinet/"), reader=signed_in(person))


def words_of_venue(venue: Venue) -> str:
    run = make_run()
    run.sessions.update(venue=venue)
    return read(*both(f"seminars/{run.code}/"), *both("seminars/"))


def words_of_association(association: Association) -> str:
    chair = make_membership(association=association).user
    return read(*both("cabinet/"), *both(f"cabinet/association/{association.pk}/"), reader=signed_in(chair))


def words_of_office(office: Office) -> str:
    learner = signed_in(make_user())  # chooses a district
    return read(*both(""), *both("front-office/")) + read(*both("cabinet/profile/"), reader=learner)


def words_of_consent(text: ConsentText) -> str:
    return read(*both(f"cabinet/association/{make_association().pk}/claim/"), reader=signed_in(make_user()))


# Where readers meet a row, and what its form needs besides hostile words.
WORDS: dict[type, Callable[..., str]] = {
    Amendment: words_of_amendment,
    Association: words_of_association,
    ConsentText: words_of_consent,
    Course: lambda course: read(f"/kk/seminars/{make_run(course=course).code}/"),
    CourseRun: words_of_run,
    Duty: words_of_duty,
    GlossaryTerm: lambda term: read("/kk/glossary/", f"/kk/{SEARCH}"),
    LifeEvent: words_of_event,
    LegalAct: words_of_act,
    Office: words_of_office,
    Provision: words_of_provision,
    QuestionTag: words_of_tag,
    SharedNote: words_of_note,
    Venue: words_of_venue,
}
FORMS: dict[type, dict] = {
    Association: {"bin": ""},
    ConsentText: {"purpose": "membership", "published_at": "2020-01-01 09:00"},
    CourseRun: {"status": "published", "enrol_opens_at": "", "enrol_closes_at": "", "cancel_until": ""},
    Duty: {"rule": "after_event"},
    Office: {"state": "open", "position": "0"},
    Provision: {"ref": "777"},
}
# Rows that are changed and not added by who writes them, or that need a row above.
BARE: dict[type, Callable[[], object]] = {
    Course: lambda: Course.objects.create(code="X-1"),
    Office: lambda: Office.objects.create(key="evil", city_kk="К", city_ru="К", state="open", position=0),
    Provision: lambda: Provision.objects.get(act__key="evil"),
}

hooks.search_for_hooks()  # registers what the admin's modules declare
SNIPPETS = sorted(get_snippet_models(), key=lambda model: model.__name__)


def writer(model, action: str) -> str:
    """A role that may do this to rows of the model."""
    app, name = model._meta.label_lower.split(".")
    return next(role for role, rights in ROLES.items() if f"{app}.{action}_{name}" in rights.permissions)


@pytest.mark.parametrize("model", SNIPPETS)
def test_a_row_of_the_admin_shows_hostile_words_and_runs_nothing(client, belongings, model):
    assert model in WORDS, f"say where readers meet a {model.__name__}"
    bare = BARE[model]() if model in BARE else None
    user = make_user(group=writer(model, "change" if bare else "add"))
    if isinstance(bare, Office):
        user.offices.add(bare)
    client.force_login(user)
    handler = model.snippet_viewset.get_edit_handler()
    form = handler.get_form_class()(instance=bare or model(), for_user=user)
    made = Hostile(belongings | FORMS.get(model, {}) | {"exceptions.date": str(timezone.localdate())})
    known = set(model.objects.values_list("pk", flat=True))

    view = ("edit", [quote(bare.pk)]) if bare else ("add", [])
    response = client.post(
        reverse(model.snippet_viewset.get_url_name(view[0]), args=view[1]), made.data(form) | {"action-publish": "yes"}
    )

    assert response.status_code == 302, problems(response)
    row = bare or model.objects.exclude(pk__in=known).get()
    row.refresh_from_db()
    assert unseen(WORDS[model](row), made, model.__name__) == set()


# The admin, and the test itself ---------------------------------------------------------------------------------------


def test_the_admin_shows_hostile_words_as_words(editor, belongings):
    page = first(GuidePage, "kk")
    response = post_page(editor, page, Hostile(belongings | {"slug": page.slug}))
    assert response.status_code == 302, problems(response)

    addresses = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse("wagtailimages:index"),
    ]
    for address in addresses:
        html = editor.get(address).content.decode()
        assert "&lt;img src=x onerror=alert(1)&gt;" in html, address
        assert not [payload for payload in PAYLOADS if payload.startswith(("<", '">')) and payload in html], address


def test_a_page_that_escapes_nothing_is_found_out(editor, belongings, monkeypatch):
    page = first(StandardPage, "kk")
    response = post_page(editor, page, Hostile(belongings | {"slug": page.slug}))
    assert response.status_code == 302, problems(response)
    read(page.url)

    monkeypatch.setattr("django.template.base.conditional_escape", str)

    html = Client().get(page.url).content.decode()
    found = " ".join(hostile.Page(html).holes)
    assert all(sign in found for sign in ("<script>", "onerror", "<svg", "<x-evil>"))


@pytest.mark.parametrize(
    "markup",
    [
        *(payload for payload in PAYLOADS if "<" in payload),
        '<a href="java\tscript:alert(1)">x</a>',
        '<a href="&#1;JAVASCRIPT&#58;alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<form action="vbscript:x"></form>',
        '<button formaction="/x">x</button>',
        '<p style="x">x</p>',
        "<style>x</style>",
        '<iframe srcdoc="x"></iframe>',
        '<base href="/">',
        '<meta http-equiv="refresh" content="0">',
        '<script src="https://e.test/x.js"></script>',
        '<script src="//e.test/x.js"></script>',
        '<script src="/static/x.js">alert(1)</script>',
        '<img src="https://e.test/x.png">',
        "<!-- x -->",
        "<![CDATA[x]]>",
        "<b/onclick=alert(1)>x</b>",
        "<p title='x'>x</p>",
        "a < b",
    ],
)
def test_the_check_finds(markup):
    assert hostile.Page(f"<!doctype html><main>{markup}</main>").holes
    assert not hostile.Page('<!doctype html><main><a href="/x?a:b" class="x">&lt;script&gt;</a></main>').holes
