"""An editor publishes a course, a lesson and a question in both languages without a developer."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from courses.catalogue import CourseIndexPage, CoursePage, LessonPage
from courses.course import Course
from faq.questions import QuestionPage, TopicPage
from law.models import Provision
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_user(group="Editors"))
    return client


def law_fields(*provisions) -> dict:
    return {
        "citations": inline_formset([{"provision": str(provision.pk), "reason": ""} for provision in provisions]),
        "is_verified": "on",
        "mark_terms": "on",
        "change_note": "",
    }


def create(client, kind: str, parent, fields: dict):
    app, model = kind.split(".")
    address = reverse("wagtailadmin_pages:add", args=[app, model, parent.pk])
    assert client.get(address).status_code == 200
    comments = {"comments": inline_formset([])}
    return client.post(address, nested_form_data(fields | comments | {"action-publish": "yes"}), follow=True)


def translate(client, page, locale):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.get(address).status_code == 200
    response = client.post(address, {"locales": [locale.pk]}, follow=True)
    assert response.status_code == 200
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)


def in_language(model, language):
    return model.objects.filter(locale__language_code=language)


def test_a_question_is_published_and_translated(editor, client):
    topic = in_language(TopicPage, "kk").first()
    ru = in_language(TopicPage, "ru").first().locale
    fields = {
        "title": "Лифт тоқтаса не істеу керек?",
        "slug": "lift-toqtasa",
        "short_answer": "Диспетчерге хабарласыңыз.",
        "body": streamfield([("text", rich_text("<p>Авариялық қызмет.</p>"))]),
        "audience": "everyone",
        "life_event": "",
        "phrasings": "",
        "hidden_words": "",
        "tags": "",
        "next_page": "",
        "related_questions": inline_formset([]),
    } | law_fields(Provision.objects.first())

    response = create(editor, "faq.questionpage", topic, fields)

    page = QuestionPage.objects.get(slug="lift-toqtasa")
    assert page.live, response.content.decode()[:3000]
    assert page.citations.count() == 1
    assert client.get(page.url).status_code == 200

    translation = translate(editor, page, ru)
    twin = translation.get_target_instance()
    assert twin.locale == ru
    assert list(twin.citations.values_list("provision", flat=True)) == list(
        page.citations.values_list("provision", flat=True)
    )


def test_a_course_with_a_lesson_is_published_and_both_languages_share_one_course(editor, client):
    index = in_language(CourseIndexPage, "kk").get()
    ru = in_language(CourseIndexPage, "ru").get().locale
    fields = {
        "title": "Үй кеңесі",
        "slug": "uy-kenesi",
        "summary": "Кеңес не істейді",
        "for_whom": "",
        "intro": streamfield([]),
        "outcomes": streamfield([("outcome", "Кеңес жиналысын өткізесіз")]),
        "code": "OSI-200",
        "hours": "3",
        "level": "basic",
    }
    create(editor, "courses.coursepage", index, fields)
    page = CoursePage.objects.get(slug="uy-kenesi")
    assert page.live
    assert (page.course.code, page.course.hours, page.course.key) == ("OSI-200", 3, page.translation_key)

    lesson = {
        "title": "Бірінші сабақ",
        "slug": "lesson-1",
        "summary": "",
        "minutes": "15",
        "body": streamfield([("text", rich_text("<p>Сабақ.</p>"))]),
    } | law_fields()
    create(editor, "courses.lessonpage", page, lesson)
    assert LessonPage.objects.child_of(page).live().count() == 1

    twin = translate(editor, page, ru).get_target_instance()
    assert twin.course == page.course
    assert Course.objects.filter(code="OSI-200").count() == 1


def test_a_course_without_a_code_gets_one_and_a_taken_code_is_refused(editor):
    index = in_language(CourseIndexPage, "kk").get()
    fields = {"summary": "Қысқаша", "for_whom": "", "intro": streamfield([]), "outcomes": streamfield([])}
    facts = {"hours": "2", "level": "basic"}

    create(editor, "courses.coursepage", index, fields | facts | {"title": "Бір", "slug": "bir", "code": ""})
    assert CoursePage.objects.get(slug="bir").course.code == "C-1"

    response = create(
        editor, "courses.coursepage", index, fields | facts | {"title": "Екі", "slug": "eki", "code": "osi-101"}
    )
    assert not CoursePage.objects.filter(slug="eki").exists()
    assert response.context["form"].errors["code"]


def test_a_copied_course_page_is_a_course_of_its_own():
    page = in_language(CoursePage, "kk").filter(course__code="OSI-101").get()

    copy = page.copy(update_attrs={"slug": "copy", "title": "Көшірме"})

    assert copy.course.key == copy.translation_key
    assert copy.course != page.course
