"""БСН: twelve digits of which the last is worked out from the others."""

import pytest
from django.core.exceptions import ValidationError

from people.bin import check_digit, validate_bin

REAL = "971240001315"  # of a company that publishes it


def _code(number: str) -> str:
    with pytest.raises(ValidationError) as refused:
        validate_bin(number)
    return refused.value.code


def test_a_number_in_use_is_valid():
    validate_bin(REAL)
    assert check_digit(REAL[:-1]) == int(REAL[-1])


SECOND_ROUND = "941240001315"  # its first round gives 10, so that other weights count


@pytest.mark.parametrize("place", [place for place in range(12) if place != 10])
def test_a_mistyped_digit_is_found(place):
    for digit in "0123456789":
        number = REAL[:place] + digit + REAL[place + 1 :]
        if number not in {REAL, SECOND_ROUND}:
            assert _code(number) in {"bin_check", "bin_person"}


def test_the_scheme_is_blind_for_the_eleventh_digit():
    """Its weight is 11, which is nothing modulo 11: not a mistake of ours."""
    for digit in "0123456789":
        validate_bin(REAL[:10] + digit + REAL[11])


def test_the_second_round_of_weights_gives_the_digit_where_the_first_has_none():
    first_round = sum(place * int(digit) for place, digit in enumerate(SECOND_ROUND[:11], start=1)) % 11
    assert first_round == 10
    assert check_digit(SECOND_ROUND[:11]) == int(SECOND_ROUND[11])


@pytest.mark.parametrize("number", ["", "97124000131", "9712400013155", "97124000131a", "٩٧١٢٤٠٠٠١٣١٥", "971240 01315"])
def test_only_twelve_plain_digits_are_a_number(number):
    assert _code(number) == "bin_length"


@pytest.mark.parametrize("day", ["01", "09", "15", "28", "31"])
def test_a_persons_number_is_refused_even_with_a_right_check_digit(day):
    first = f"8805{day}30012"
    number = f"{first}{check_digit(first) or 0}"
    assert len(number) == 12
    assert _code(number) == "bin_person"


def test_some_beginnings_have_no_number_at_all():
    found = [f"97124000{tail:03d}" for tail in range(1000) if check_digit(f"97124000{tail:03d}") is None]
    assert found
    assert {_code(found[0] + digit) for digit in "0123456789"} == {"bin_check"}
