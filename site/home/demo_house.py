"""What the demo invents around its seminars: how to reach the office, houses, and who is chair of them."""

from __future__ import annotations

import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from home.starter import files
from people.enums import AssociationKind, MembershipReason, MembershipRole, MembershipState
from people.models import (
    Association,
    District,
    Membership,
    MembershipEvent,
    Office,
    OfficeAddress,
    OfficeException,
    OfficeHours,
    OfficePhone,
    User,
)

ELECTED_DAYS_AGO = 60
ELECTED_FOR = 3  # years


def people() -> dict[str, dict]:
    """Participants of the demo by the name of their address."""
    return files.read("demo.yaml")["people"]


@transaction.atomic
def fill_office() -> None:
    """Phone, address and hours for the pilot's office, each marked as the demo's; one that has any is left alone."""
    facts = files.read("demo.yaml")["office"]
    office = Office.objects.get(key=facts["key"])
    if office.phones.exists() or office.addresses.exists() or office.hours.exists():
        return
    phone, place, day = facts["phone"], facts["address"], facts["exception"]
    OfficePhone.objects.create(office=office, number=phone["number"], note_kk=phone["kk"], note_ru=phone["ru"])
    OfficeAddress.objects.create(
        office=office,
        address_kk=place["kk"],
        address_ru=place["ru"],
        directions_kk=place["directions"]["kk"],
        directions_ru=place["directions"]["ru"],
        is_step_free=True,
    )
    OfficeHours.objects.bulk_create(OfficeHours(office=office, **hours) for hours in facts["hours"])
    OfficeException.objects.create(
        office=office,
        date=timezone.localdate() + datetime.timedelta(days=day["in_days"]),
        opens=day["opens"],
        closes=day["closes"],
        note_kk=day["kk"],
        note_ru=day["ru"],
    )
    office.email = facts["email"]
    office.save()


def make_associations() -> list[Association]:
    """The houses, in the order of the content file."""
    content = files.read("demo.yaml")
    office = Office.objects.get(key=content["office"]["key"])
    return [
        Association.objects.get_or_create(
            bin=facts["bin"],
            defaults={
                "kind": AssociationKind.OSI,
                "name_kk": facts["kk"],
                "name_ru": facts["ru"],
                "address": facts["address"],
                "office": office,
                "district": _district(office, facts["district"]),
                "units": facts["units"],
            },
        )[0]
        for facts in content["associations"]
    ]


@transaction.atomic
def give_role(name: str, user: User) -> None:
    """Makes `user` a chair, confirmed or waiting, once. Her rows are written without a letter: nobody reads it."""
    if user.memberships.exists():
        return
    facts = people()[name]
    association = make_associations()[facts["association"]]
    user.full_name = user.full_name or facts["full_name"]
    user.district = user.district or _district(association.office, facts["district"])
    user.save(update_fields=["full_name", "district"])
    elected = timezone.localdate() - datetime.timedelta(days=ELECTED_DAYS_AGO)
    is_confirmed = facts["state"] == MembershipState.CONFIRMED
    membership = Membership(
        user=user,
        association=association,
        role=MembershipRole.CHAIR,
        state=facts["state"],
        valid_from=elected,
        valid_to=elected + datetime.timedelta(days=ELECTED_FOR * 365),
        confirmed_at=timezone.now() if is_confirmed else None,
        protocol_name="minutes-demo.png",
    )
    membership.protocol.save("minutes-demo.png", _minutes(), save=False)
    membership.save()
    MembershipEvent.objects.create(
        membership=membership, to_state=MembershipState.CLAIMED, reason=MembershipReason.CLAIMED, actor=user
    )
    if is_confirmed:
        MembershipEvent.objects.create(
            membership=membership,
            from_state=MembershipState.CLAIMED,
            to_state=MembershipState.CONFIRMED,
            reason=MembershipReason.PROTOCOL,
        )


def _district(office: Office, name_ru: str) -> District:
    return District.objects.get(office=office, name_ru=name_ru)


def _minutes() -> ContentFile:
    """A picture in the place of minutes, so that the office has something to open."""
    picture = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(picture).text((40, 130), "DEMO: invented minutes of a meeting that never took place", fill="black")
    file = BytesIO()
    picture.save(file, "PNG")
    return ContentFile(file.getvalue())
