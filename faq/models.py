"""Questions, guides and the glossary."""

from faq.glossary import GlossaryPage, GlossaryTerm, TermCitation
from faq.guides import GuideCitation, GuideIndexPage, GuidePage
from faq.questions import QuestionCitation, QuestionIndexPage, QuestionPage, QuestionTag, TopicPage

__all__ = [
    "GlossaryPage",
    "GlossaryTerm",
    "GuideCitation",
    "GuideIndexPage",
    "GuidePage",
    "QuestionCitation",
    "QuestionIndexPage",
    "QuestionPage",
    "QuestionTag",
    "TermCitation",
    "TopicPage",
]
