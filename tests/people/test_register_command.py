"""The import from a file on the server."""

import pytest
from django.core.management import CommandError, call_command

from people.models import Association

pytestmark = pytest.mark.django_db


def test_the_command_tells_its_progress(tmp_path, capsys, ru):
    file = tmp_path / "register.csv"
    file.write_text("Название;Адрес\nДом;Көше, 1\nДом;\n", encoding="utf-8")
    call_command("import_register", file, office="astana", dry_run=True)
    assert not Association.objects.exists()
    call_command("import_register", file, office="astana")

    said = capsys.readouterr().out
    assert "2 of 2: 1 new, 0 changed, 0 as before, 1 with problems" in said
    assert "row 3, address" in said
    assert Association.objects.get().name_ru == "Дом"


@pytest.mark.parametrize(("name", "office"), [("none.csv", "astana"), ("register.csv", "nowhere"), ("r.pdf", "astana")])
def test_the_command_says_what_is_wrong(tmp_path, name, office):
    for there in ("register.csv", "r.pdf"):
        (tmp_path / there).write_text("Название;Адрес\nДом;Көше\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_register", tmp_path / name, office=office)
