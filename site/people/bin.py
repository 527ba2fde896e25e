"""БИН/БСН: the business identification number of Kazakhstan and its check digit."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LENGTH = 12
_FIRST = range(1, 12)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
# The fifth digit of a business number: resident, non-resident, joint. A person's number (ИИН) has the
# tens of her day of birth there, 0 to 3: it must never be stored as an association's.
_BUSINESS = frozenset("456")


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit by the two rounds of weights modulo 11; None where no valid number begins so."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (_FIRST, _SECOND):
        rest = sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def validate_bin(number: str) -> None:
    """Raises ValidationError that says what is wrong with `number`."""
    if len(number) != LENGTH or not number.isascii() or not number.isdigit():
        raise ValidationError(_("A BIN has 12 digits."), code="bin_length")
    if number[4] not in _BUSINESS:
        raise ValidationError(
            _("This is not the number of an organisation. Do not give a person's number (IIN) here."), code="bin_person"
        )
    if check_digit(number[:-1]) != int(number[-1]):
        raise ValidationError(
            _("The last digit does not fit the others: check the BIN for a mistyped digit."), code="bin_check"
        )
