"""The calendar of runs and each run's page."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.pages import SectionPage
from courses import actions, eligibility, seats
from courses.enrolment import Enrolment
from courses.enums import BY_ROLE
from courses.forms import SeatForm, StrangerSeatForm
from courses.runs import CourseRun
from people.office_card import office_card
from people.sign_in import SignInProcess

PAST_PER_PAGE = 12


class SeminarIndexPage(RoutablePageMixin, SectionPage):
    """All runs by date. A run is a row and not a page: its address is `<this page>/<code>/` in both languages."""

    template = "courses/seminar_index_page.html"
    page_description = _("The calendar of seminars")
    subpage_types: list[str] = []

    @path("")
    def calendar(self, request: HttpRequest):
        """Coming and past runs; of one city where `?city=` names an office that has some."""
        offices = list(CourseRun.objects.listed().offices())
        chosen = next((office for office in offices if office.key == request.GET.get("city")), None)
        runs = CourseRun.objects.listed().of_office(chosen).for_cards()
        past = Paginator(runs.past(), PAST_PER_PAGE).get_page(request.GET.get("page"))
        context = {"upcoming": runs.upcoming(), "past": past, "offices": offices, "chosen_office": chosen}
        return self.render(request, context_overrides=context)

    @path("<slug:code>/", name="run")
    def run(self, request: HttpRequest, code: str):
        run = self._run_or_404(code)
        context = {
            "run": run,
            "enrolment": self._own(request, run),
            "course_page": self._course_page(run),
            "standing": eligibility.standing(run, request.user),
            "office": office_card(run.office),
        }
        return self.render(request, context_overrides=context | self._frame(run), template="courses/run.html")

    @path("<slug:code>/enrol/", name="enrol")
    def enrol(self, request: HttpRequest, code: str):
        """The sign-up form. Only a POST takes a seat."""
        run = self._run_or_404(code)
        if own := self._own(request, run):
            return HttpResponseRedirect(seats.seat_url(own))
        if run.refusal():
            return HttpResponseRedirect(self.run_url(run, request))
        form = self._form(request, run)
        notice: object = ""
        if request.method == "POST" and form.is_valid():
            try:
                return self._take_seat(request, run, form)
            except actions.Refused as refused:
                if refused.reason not in BY_ROLE:
                    messages.error(request, refused.reason.label)
                    return HttpResponseRedirect(self.run_url(run, request))
                # she goes to have her role confirmed: what she typed is here when she comes back
                url = self.run_url(run, request)
                seats.remember(request, run_id=run.pk, run_url=url, typed=dict(form.cleaned_data), waits_for_code=False)
            except actions.SeatsGone:
                notice = _("All seats were taken while you were filling the form in. You can join the queue.")
                form.data = {**form.data.dict(), "expects": "queue"}  # type: ignore[attr-defined]
                run = self._run_or_404(code)
        context = {
            "run": run,
            "form": form,
            "notice": notice,
            "standing": eligibility.standing(run, request.user),
            "has_typed": form.is_bound or bool(seats.typed_before(request, run.pk)),
        } | self._frame(run, f"{run.code}/enrol/")
        response = self.render(request, context_overrides=context, template="courses/enrol.html")
        add_never_cache_headers(response)
        return response

    def _form(self, request: HttpRequest, run: CourseRun) -> SeatForm:
        typed = seats.typed_before(request, run.pk)
        expects = {"expects": "seat" if run.has_free_seat else "queue"}
        if request.user.is_authenticated:
            own = {name: value for name in ("full_name", "phone") if (value := getattr(request.user, name))}
            return SeatForm(request.POST or None, initial=typed | own | expects)
        return StrangerSeatForm(request.POST or None, initial=typed | expects)

    def _take_seat(self, request: HttpRequest, run: CourseRun, form: SeatForm) -> HttpResponse:
        typed = form.cleaned_data
        if not request.user.is_authenticated:
            if not form.accepts_queue and not run.has_free_seat:
                raise actions.SeatsGone
            seats.remember(request, run_id=run.pk, run_url=self.run_url(run, request), typed=dict(typed))
            SignInProcess.start(request=request, email=typed["email"])
            return HttpResponseRedirect(reverse("account_confirm_login_code"))
        enrolment, created = actions.enrol(
            run_id=run.pk,
            user=request.user,
            full_name=typed["full_name"],
            phone=typed["phone"],
            language=get_language() or request.user.language,
            actor=request.user,
            accepts_queue=form.accepts_queue,
        )
        seats.forget(request)
        seats.say_result(request, enrolment, created=created, expected_seat=not form.accepts_queue)
        return HttpResponseRedirect(seats.seat_url(enrolment))

    def _run_or_404(self, code: str) -> CourseRun:
        run = CourseRun.objects.listed().for_cards().filter(code=code).first()
        if run is None or run.starts_at is None:
            raise Http404
        return run

    def _own(self, request: HttpRequest, run: CourseRun) -> Enrolment | None:
        return Enrolment.objects.visible_to(request.user).active().with_place().filter(run=run).first()

    def _course_page(self, run: CourseRun):
        from courses.catalogue import CoursePage

        pages = CoursePage.objects.live().filter(course=run.course).select_related("locale")
        return pages.filter(locale=self.locale).first() or pages.first()

    def _frame(self, run: CourseRun, suffix: str = "") -> dict:
        return {"twin_suffix": suffix or f"{run.code}/", "crumbs": [*self.crumbs, self]}

    def run_url(self, run: CourseRun, request: HttpRequest | None = None) -> str:
        return f"{self.get_url(request)}{run.code}/"

    def get_sitemap_urls(self, request=None):
        base = self.get_full_url(request)
        codes = CourseRun.objects.listed().upcoming().values_list("code", flat=True)
        return super().get_sitemap_urls(request) + [{"location": f"{base}{code}/"} for code in codes]
