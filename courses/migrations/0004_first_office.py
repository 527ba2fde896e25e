"""Runs and venues of the time before offices belong to the first one."""

from django.db import migrations


def fill(apps, schema_editor):
    CourseRun, Venue = apps.get_model("courses", "CourseRun"), apps.get_model("courses", "Venue")
    if not CourseRun.objects.exists() and not Venue.objects.exists():
        return
    Office = apps.get_model("people", "Office")
    office = Office.objects.order_by("position", "pk").first() or Office.objects.create(
        key="astana", city_kk="Астана", city_ru="Астана", state="open", position=1
    )
    CourseRun.objects.filter(office=None).update(office=office)
    Venue.objects.filter(office=None).update(office=office)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0003_offices_and_eligibility"),
        ("people", "0003_first_office"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
