"""Workbooks made from an earlier template: by what the definition says of it, they are read as if
nothing had been called otherwise since; workbooks of today are not."""

import json

import pytest
from openpyxl import load_workbook

from driver import run
from portal_cases import TODAY, Books, told
from test_made_up_portal import MADE_UP

ROW = {"card": "NY-0001", "name": "Ann Lee", "email": "ann@yard.example", "kind": "Weekend"}
KNOWN = {"borrowers": [{"card": "SY-0777", "name": "Cora Diaz"}]}


@pytest.fixture(scope="module", params=["en", "de"])
def books(request, tmp_path_factory):
    return Books("shed", request.param, tmp_path_factory.mktemp("earlier"), MADE_UP)


@pytest.fixture
def judged(books, tmp_path):
    def judge(version, title, shed, **values):
        """The findings on a workbook of a version that calls the column `shed` by a title."""
        path = books.short({"borrowers": [ROW | {"shed": shed} | values]}, "earlier.xlsx")
        book = load_workbook(path)
        book["Rowgate"]["B2"] = version
        cells = book[books.names.sheet_title("borrowers")]
        today = books.names.title("borrowers", "shed")
        next(cell for cell in cells[1] if cell.value == today).value = title
        book[books.names.sheet_title("tools")].title = {
            "en": "Things", "de": "Dinge"}[books.names.language]
        book.save(path)
        return upload(books, path, tmp_path / "outcome")
    return judge


def upload(books, path, outcome):
    done = run("import", path, "--templates", MADE_UP, "--today", TODAY, "--lang",
               books.names.language, "--existing", books.known(KNOWN), "-o", outcome)
    if not outcome.exists():
        return done.stdout
    return json.loads((outcome / "report.json").read_text())


def old_title(books, version):
    return {"en": {1: "Hut", 2: "Main Shed"}, "de": {1: "Hütte", 2: "Hauptschuppen"}}[
        books.names.language][version]


@pytest.mark.parametrize("version, title, word, value", [
    (2, 2, "Top Yard", "North Yard"), (1, 1, "Yard", "South Yard"),
    (1, 2, "Top Yard", "North Yard"), (2, 2, "South Yard", "South Yard")])
def test_it_is_read_as_if_it_were_new(books, judged, tmp_path, version, title, word, value):
    report = judged(version, old_title(books, title), word)
    found = [each["code"] for each in report["findings"] if each["code"] != "batch.held"]
    assert found == ["template.outdated"], told(report)
    message = next(each["message"] for each in report["findings"]
                   if each["code"] == "template.outdated")
    today = books.names.title("borrowers", "shed")
    assert f"{old_title(books, title)} → {today}" in message and "Top Yard → North Yard" in message
    batch = (tmp_path / "outcome/batch-0001.jsonl").read_text()
    assert json.loads(batch.splitlines()[0])["data"]["shed"] == value


def test_a_later_version_does_not_know_what_was_before_it(books, judged):
    assert "header.missing" in judged(2, old_title(books, 1), "North Yard")
    report = judged(2, old_title(books, 2), "Yard")
    assert "cell.not_in_list" in [each["code"] for each in report["findings"]]


def test_a_workbook_of_today_is_not_read_so(books, judged):
    assert "header.missing" in judged(3, old_title(books, 2), "Top Yard")
    report = judged(3, books.names.title("borrowers", "shed"), "Top Yard")
    codes = [each["code"] for each in report["findings"]]
    assert "cell.not_in_list" in codes and "template.outdated" not in codes


def test_what_comes_back_keeps_its_words(books, judged, tmp_path):
    judged(2, old_title(books, 2), "Top Yard", card="ny 1")
    path = tmp_path / "outcome/rejected.xlsx"
    book = load_workbook(path)
    row = book[books.names.sheet_title("borrowers")][2]
    assert [cell.value for cell in row[:4]] == ["ny 1", "Ann Lee", "ann@yard.example", "Top Yard"]
    row[0].value = "NY-0001"
    book.save(path)
    report = upload(books, path, tmp_path / "again")
    assert report["counts"]["accepted"] == 1, told(report)
