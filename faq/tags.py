"""Public tags of questions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.models import TranslatableMixin

from core.personal_data import NO_PERSONAL_DATA


class QuestionTag(TranslatableMixin, TagBase):
    """A public tag. Kazakh and Russian tags are rows of their own, so each language shows its own words."""

    personal_data = NO_PERSONAL_DATA

    # taggit wants both unique; «кворум» is a word of both languages.
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, allow_unicode=True)

    free_tagging = False

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_tag_a_slug")]


class TaggedQuestion(ItemBase):
    personal_data = NO_PERSONAL_DATA

    tag = models.ForeignKey(QuestionTag, on_delete=models.CASCADE, related_name="tagged_questions")
    content_object = ParentalKey("faq.QuestionPage", on_delete=models.CASCADE, related_name="tagged_items")
