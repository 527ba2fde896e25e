"""Dates and numbers read as people write them in each language."""

from __future__ import annotations

import datetime

import pytest
from django import forms
from django.utils import timezone, translation
from django.utils.formats import date_format, get_format, number_format
from django.utils.timesince import timesince

from tests.i18n.catalogs import each_language, one_worker

pytestmark = one_worker

MOMENT = datetime.datetime(2026, 11, 28, 9, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))
FORMATS = {
    "kk": {
        "DATE_FORMAT": "2026 ж. 28 қараша",
        "DATETIME_FORMAT": "2026 ж. 28 қараша, 09:05",
        "YEAR_MONTH_FORMAT": "2026 ж. қараша",
        "MONTH_DAY_FORMAT": "28 қараша",
        "SHORT_DATE_FORMAT": "28.11.2026",
        "TIME_FORMAT": "09:05",
        "j E": "28 қараша",
        "l": "сенбі",
        "D": "Сб",
        "M": "Қар",
        "N": "қар.",
    },
    "ru": {
        "DATE_FORMAT": "28 ноября 2026 г.",
        "MONTH_DAY_FORMAT": "28 ноября",
        "SHORT_DATE_FORMAT": "28.11.2026",
        "j E": "28 ноября",
        "F": "Ноябрь",
        "l": "суббота",
        "M": "Ноя",
    },
}
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
WEEKDAYS = {
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
}


@each_language
def test_dates_read_as_people_write_them(language):
    with translation.override(language), timezone.override("Asia/Almaty"):
        assert {pattern: date_format(MOMENT, pattern) for pattern in FORMATS[language]} == FORMATS[language]


@each_language
def test_every_month_and_weekday_stands_as_in_a_sentence(language):
    with translation.override(language):
        months = [date_format(datetime.date(2026, month, 1), "E") for month in range(1, 13)]
        weekdays = [date_format(datetime.date(2026, 11, 23) + datetime.timedelta(days=day), "l") for day in range(7)]
    assert months == MONTHS[language].split()
    assert weekdays == WEEKDAYS[language].split()


@each_language
def test_week_starts_on_monday_and_decimals_have_a_comma(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1
        assert number_format(1234567.5, 1, force_grouping=True) == "1\xa0234\xa0567,5"
        assert forms.DateField(localize=True).clean("28.11.2026") == datetime.date(2026, 11, 28)
        assert forms.FloatField(localize=True).clean("4,5") == 4.5


@pytest.mark.parametrize(("language", "expected"), [("kk", "2 күн, 3 сағат"), ("ru", "2 дня, 3 часа")])
def test_time_passed_is_in_the_language(language, expected):
    with translation.override(language):
        passed = timesince(MOMENT - datetime.timedelta(days=2, hours=3), MOMENT)
    assert passed.replace("\xa0", " ") == expected
