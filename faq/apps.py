from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FaqConfig(AppConfig):
    name = "faq"
    verbose_name = _("Questions and guides")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from core import frame_cache, prose
        from faq.glossary import GlossaryTerm
        from faq.life_events import LifeEvent
        from faq.shelf import TERMS
        from faq.terms import explain_terms
        from law import usage

        prose.register(explain_terms)
        usage.SHELVES.append(TERMS)
        for model in (GlossaryTerm, LifeEvent):
            for signal in (post_save, post_delete):
                signal.connect(frame_cache.forget, sender=model)
