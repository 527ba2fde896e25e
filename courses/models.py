"""Courses, runs and seats. Everything about people hangs on language-neutral rows, never on a page."""

from courses.catalogue import CourseIndexPage, CoursePage, LessonCitation, LessonPage
from courses.course import Course
from courses.enrolment import Enrolment, EnrolmentEvent
from courses.runs import CourseRun, Session
from courses.seminars import SeminarIndexPage
from courses.venue import Venue

__all__ = [
    "Course",
    "CourseIndexPage",
    "CoursePage",
    "CourseRun",
    "Enrolment",
    "EnrolmentEvent",
    "LessonCitation",
    "LessonPage",
    "SeminarIndexPage",
    "Session",
    "Venue",
]
