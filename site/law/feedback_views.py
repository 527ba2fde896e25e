"""«Did it help?» under a page: two buttons, then a reason. No script, no cookie, nobody's name."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page

from law.basis import LawBased
from law.enums import FeedbackReason
from law.feedback import Feedback
from law.feedback_actions import give_reason, record_voice
from people.limits import network

SALT = "law.feedback"
TOKEN_LIVES = 60 * 60
# By network, and a whole house may sit behind one.
LIMITS = {"feedback": "60/h/ip", "feedback_words": "60/h/ip"}


class WordsField(forms.CharField):
    """Browsers count a line break as one character and send two."""

    def to_python(self, value):
        return (super().to_python(value) or "").replace("\r\n", "\n")


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=FeedbackReason.choices, widget=forms.RadioSelect)
    text = WordsField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please leave out names, phones and addresses: we cannot answer here."),
    )


@csrf_exempt  # a token would need a cookie; `is_from_here` keeps other sites from voting with our readers' hands
@never_cache
def voice(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Keeps a voice on a live public page and leads on: to thanks, or to the reasons."""
    page = _readable_page(page_id)
    back = page.get_url(request)
    answer = request.POST.get("useful") if request.method == "POST" else None
    if answer not in {"yes", "no"}:  # a reader who came by a link, or something that is no button of ours
        return redirect(back)
    if (refusal := _refusal(request, "feedback", back)) is not None:
        return refusal
    today = timezone.localdate()
    kept = record_voice(page=page, is_useful=answer == "yes", visitor=_visitor(request, today), day=today)
    return redirect("feedback_words", token=signing.dumps(kept.pk, salt=SALT))


@csrf_exempt
@never_cache
def words(request: HttpRequest, token: str) -> HttpResponse | HttpResponseBase:
    """The second step, for an hour: the reasons, and thanks once there is nothing more to say."""
    try:
        pk, is_open = signing.loads(token, salt=SALT, max_age=TOKEN_LIVES), True
    except signing.SignatureExpired:
        pk, is_open = signing.loads(token, salt=SALT), False
    except signing.BadSignature as problem:
        raise Http404 from problem
    kept = get_object_or_404(Feedback, pk=pk)
    page = _readable_page(kept.page_id)
    context = {"about": page, "back": page.get_url(request)}
    if not is_open:
        return render(request, "law/feedback_closed.html", context, status=410)
    if kept.is_useful or kept.reason:
        return render(request, "law/feedback_thanks.html", context | {"is_useful": kept.is_useful})
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if (refusal := _refusal(request, "feedback_words", context["back"])) is not None:
            return refusal
        give_reason(voice=kept, reason=form.cleaned_data["reason"], text=form.cleaned_data["text"].strip())
        return redirect("feedback_words", token=token)
    return render(request, "law/feedback_words.html", context | {"form": form})


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours. A browser says so itself, and no page can make it lie.

    What says nothing at all is no browser of the last ten years, and nobody's hand to be led.
    """
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def _readable_page(page_id: int) -> Page:
    """A live public page that asks for voices; 404 for anything else."""
    page = get_object_or_404(Page.objects.live().public().specific(), pk=page_id)
    if not isinstance(page, LawBased):
        raise Http404
    return page


def _refusal(request: HttpRequest, action: str, back: str) -> HttpResponse | None:
    if not is_from_here(request):
        return render(request, "403.html", {"is_stale_form": True, "retry_url": back}, status=403)
    if ratelimit.consume(request, app="law", action=action, config=LIMITS) is None:
        response = render(request, "law/feedback_limit.html", {"back": back}, status=429)
        response["Retry-After"] = "3600"
        return response
    return None


def _visitor(request: HttpRequest, day) -> str:
    """The same for one browser at one address on one day; nothing can be read back from it."""
    known = "\0".join([network(request), request.headers.get("User-Agent", ""), day.isoformat()])
    return salted_hmac(SALT, known, algorithm="sha256").hexdigest()
