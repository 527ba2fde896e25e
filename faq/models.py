"""Questions, guides, decision trees and the glossary."""

from faq.glossary import GlossaryPage, GlossaryTerm, TermCitation
from faq.guides import GuideCitation, GuideDocument, GuideIndexPage, GuidePage
from faq.life_events import LifeEvent
from faq.questions import QuestionCitation, QuestionIndexPage, QuestionPage, QuestionTag, TopicPage
from faq.trees import DecisionTreePage, TreeCitation

__all__ = [
    "DecisionTreePage",
    "GlossaryPage",
    "GlossaryTerm",
    "GuideCitation",
    "GuideDocument",
    "GuideIndexPage",
    "GuidePage",
    "LifeEvent",
    "QuestionCitation",
    "QuestionIndexPage",
    "QuestionPage",
    "QuestionTag",
    "TermCitation",
    "TopicPage",
    "TreeCitation",
]
