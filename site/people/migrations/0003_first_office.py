"""The one front office of the site settings becomes the first row of the offices."""

from django.db import migrations


def move(apps, schema_editor):
    FrontOffice = apps.get_model("core", "FrontOffice")
    Office = apps.get_model("people", "Office")
    old = FrontOffice.objects.first()
    if old is None or Office.objects.exists():
        return
    office = Office.objects.create(
        key="astana", city_kk="Астана", city_ru="Астана", state="open", email=old.email, position=1
    )
    if old.phone:
        apps.get_model("people", "OfficePhone").objects.create(office=office, number=old.phone, sort_order=0)
    if old.address_kk or old.address_ru:
        apps.get_model("people", "OfficeAddress").objects.create(
            office=office,
            address_kk=old.address_kk or old.address_ru,
            address_ru=old.address_ru or old.address_kk,
            sort_order=0,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_associations_offices_privacy"),
        ("core", "0001_initial"),
    ]

    # The hours were free text: staff fill the new table in.
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
