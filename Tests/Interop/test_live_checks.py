"""Ten rows pasted into the template by LibreOffice: the sheet itself says what is wrong."""

import json
import pathlib
import shutil
import subprocess

import pytest

from driver import DOMAINS, STUDIO, run

SCRIPT = pathlib.Path(__file__).with_name("paste_with_libreoffice.py")

# What puts each of the five wrong rows of pasting.xlsx right, row numbers as in the template.
FIXES = {
    "B4": "chloe@bay.example",
    "C6": "Élodie",
    "A7": "bramble.12345.service",
    "E7": "bramble.12345.service",
    "E9": "cedar.12345.service",
    "F11": "Luminate Wholesale",
}


def python_with_uno():
    """The first Python that can talk to LibreOffice."""
    for python in ("/usr/bin/python3", "python3"):
        if shutil.which(python) and not subprocess.run(
                [python, "-c", "import uno"], capture_output=True).returncode:
            return python
    return None


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    python = python_with_uno()
    if not python or not shutil.which("soffice"):
        pytest.skip("LibreOffice or its Python module uno is not installed")
    template = tmp_path_factory.mktemp("template") / "studio.xlsx"
    done = run("template", "studio", *DOMAINS, "-o", template)
    assert done.returncode == 0, done.stderr
    done = subprocess.run(
        [python, SCRIPT, template, STUDIO / "pasting.xlsx", json.dumps(FIXES)],
        capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_right_rows_are_ok_and_an_empty_row_says_nothing(seen):
    check = seen["pasted"]["check"]
    assert [row for row, text in enumerate(check, start=2) if text == "OK"] == [3, 5, 8, 10]
    assert check[10] == ""


@pytest.mark.parametrize("row, says", [
    (2, ["mail", "row 4"]),
    (4, ["mail", "row 2"]),
    (6, ["First Name"]),
    (7, ["domain"]),
    (9, ["Reference"]),
    (11, ["Platform"]),
])
def test_a_wrong_row_says_why(seen, row, says):
    text = seen["pasted"]["check"][row - 2]
    assert text != "OK"
    for word in says:
        assert word in text


def test_the_cover_counts_the_wrong_rows_and_names_the_first(seen):
    assert cover_lines(seen["pasted"]) == ["Customers: 6 rows still wrong, first: row 2"]


def test_fixed_cells_make_every_row_right(seen):
    assert seen["fixed"]["check"][:10] == ["OK"] * 10
    assert cover_lines(seen["fixed"]) == []


def test_a_cell_is_judged_within_half_a_second(seen):
    assert max(seen["seconds"].values()) < 0.5, seen["seconds"]


def cover_lines(state):
    return [text.rstrip(".") for text in state["cover"] if "still wrong" in text]
