"""Makes twin pages from content, once: what staff have changed since is never touched."""

from __future__ import annotations

from collections.abc import Callable

from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.starter.files import LANGUAGES, key_of

Twins = dict[str, Page]
Build = Callable[[str], Page]
Finish = Callable[[Page, str], None]


class Tree:
    """Finds and makes pages by (stable key, language). One query tells what exists already."""

    def __init__(self) -> None:
        self.locales = {language: Locale.objects.get_or_create(language_code=language)[0] for language in LANGUAGES}
        self.codes = {locale.pk: language for language, locale in self.locales.items()}
        self.existing = {
            (key, self.codes[locale]): pk
            for key, locale, pk in Page.objects.filter(locale__in=self.codes).values_list(
                "translation_key", "locale_id", "pk"
            )
        }
        self.made = 0

    def twins(self, name: str, parents: Twins, build: Build, finish: Finish | None = None) -> Twins:
        """The pages of `name` in every language, made by `build(language)` below `parents` where missing.

        `finish(page, language)` runs after a new page has its place in the tree and before it is
        published: child rows that need its key go there.
        """
        found, new = self.place(name, parents, build)
        self.publish(new, finish)
        return found

    def place(self, name: str, parents: Twins, build: Build) -> tuple[Twins, Twins]:
        """All pages of `name`, and those of them that are new: these have a place and are to be published."""
        key = key_of(name)
        found: Twins = {}
        new: Twins = {}
        for language in LANGUAGES:
            pk = self.existing.get((key, language))
            if pk is not None:
                found[language] = Page.objects.get(pk=pk)
                continue
            page = build(language)
            page.translation_key = key
            page.locale = self.locales[language]
            with disable_reference_index_auto_update():
                parents[language].add_child(instance=page)
            self.existing[key, language] = page.pk
            found[language] = new[language] = page
        return found, new

    def publish(self, new: Twins, finish: Finish | None = None) -> None:
        for language, page in new.items():
            # The index of references is a third of the work: once a page instead of at each save.
            with disable_reference_index_auto_update():
                if finish:
                    finish(page, language)
                page.save_revision().publish()
            ReferenceIndex.create_or_update_for_object(type(page)._default_manager.get(pk=page.pk))
            self.made += 1

    def key_of_page(self, name: str | None, language: str) -> int | None:
        """Key of a page made before, by its name: `guide:guide-flood`. Raises KeyError for an unknown one."""
        return self.existing[key_of(name), language] if name else None
