"""On which days duties fall due: months without that day, leap years, the turn of the year, midnight in Astana."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from law.duties import Duty
from law.duty_dates import in_words, nearest, next_occurrences, occurrences_until, span_in_words, today


def monthly(day: int, **fields) -> Duty:
    return Duty(rule="monthly", day=day, **fields)


def yearly(day: int, month: int, **fields) -> Duty:
    return Duty(rule="yearly", day=day, month=month, **fields)


@pytest.mark.parametrize(
    ("duty", "after", "expected"),
    [
        (monthly(19), date(2026, 11, 18), [date(2026, 11, 19), date(2026, 12, 19), date(2027, 1, 19)]),
        (monthly(19), date(2026, 11, 19), [date(2026, 11, 19), date(2026, 12, 19), date(2027, 1, 19)]),
        (monthly(19), date(2026, 11, 20), [date(2026, 12, 19), date(2027, 1, 19), date(2027, 2, 19)]),
        (monthly(31), date(2027, 1, 31), [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]),
        (monthly(30), date(2028, 1, 31), [date(2028, 2, 29), date(2028, 3, 30), date(2028, 4, 30)]),
        (yearly(31, 3), date(2027, 3, 31), [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]),
        (yearly(31, 3), date(2027, 4, 1), [date(2028, 3, 31), date(2029, 3, 31), date(2030, 3, 31)]),
        (yearly(29, 2), date(2027, 3, 1), [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28)]),
        (yearly(31, 12), date(2026, 12, 31), [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)]),
    ],
)
def test_the_next_days_of_a_duty(duty, after, expected):
    assert next_occurrences(duty, after, 3) == expected


def test_a_duty_that_starts_with_an_event_has_no_days():
    handover = Duty(rule="after_event", amount=10, unit="working_days")

    assert next_occurrences(handover, date(2026, 11, 23), 3) == []
    assert occurrences_until([handover], date(2026, 11, 23), date(2036, 11, 23)) == []


def test_the_end_of_the_calendar_is_no_error():
    assert next_occurrences(monthly(31), date(9999, 12, 1), 3) == [date(9999, 12, 31)]


def test_days_of_several_duties_come_in_order_and_both_ends_count():
    report, fees = monthly(19, position=10), monthly(25, position=20)

    found = occurrences_until([fees, report], date(2026, 11, 19), date(2026, 12, 25))

    assert [(row.day, row.duty) for row in found] == [
        (date(2026, 11, 19), report),
        (date(2026, 11, 25), fees),
        (date(2026, 12, 19), report),
        (date(2026, 12, 25), fees),
    ]
    assert [row.day.day for row in nearest([fees, report], date(2026, 11, 20), 3)] == [25, 19, 25]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 19, 18, 30, tzinfo=UTC), date(2026, 11, 19)),  # 23:30 in Astana
        (datetime(2026, 11, 19, 18, 59, 59, tzinfo=UTC), date(2026, 11, 19)),
        (datetime(2026, 11, 19, 19, 0, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 12, 31, 19, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_is_a_day_in_astana_whatever_zone_is_active(moment, expected):
    for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
        with timezone.override(ZoneInfo(zone)):
            assert today(moment) == expected


@pytest.mark.parametrize(
    ("days", "kk", "ru"),
    [
        (0, "бүгін", "сегодня"),
        (1, "ертең", "завтра"),
        (2, "2 күннен кейін", "через 2 дня"),
        (5, "5 күннен кейін", "через 5 дней"),
        (21, "21 күннен кейін", "через 21 день"),
    ],
)
def test_how_far_a_day_is(days, kk, ru):
    at = date(2026, 12, 28)
    day = date.fromordinal(at.toordinal() + days)

    with translation.override("kk"):
        assert in_words(day, at) == kk
    with translation.override("ru"):
        assert in_words(day, at) == ru


@pytest.mark.parametrize(
    ("amount", "unit", "kk", "ru"),
    [
        (10, "working_days", "10 жұмыс күні", "10 рабочих дней"),
        (5, "calendar_days", "күнтізбелік 5 күн", "5 календарных дней"),
        (1, "months", "1 ай", "1 месяц"),
        (36, "months", "36 ай", "36 месяцев"),
    ],
)
def test_how_long_a_duty_may_take(amount, unit, kk, ru):
    duty = Duty(rule="after_event", amount=amount, unit=unit)

    with translation.override("kk"):
        assert span_in_words(duty) == kk
    with translation.override("ru"):
        assert span_in_words(duty) == ru
    assert span_in_words(monthly(19)) == ""
