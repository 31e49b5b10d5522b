"""What is known, exported, is the same again: unedited it changes nothing, edited only what was
edited. For every portal, in every language, from the records of its good workbook."""

import datetime
import json

import pytest
from openpyxl import load_workbook

from driver import STUDIO, assert_counted, operations, run
from portal_cases import (
    LANGUAGES, ROWGATE_ID, TEMPLATES, Books, Case, definition, good, portals_with, told)
from test_made_up_portal import KNOWN, MADE_UP, ROWS

SHED = {
    "rows": {"borrowers": ROWS["borrowers"][:1], "tools": ROWS["tools"][:2]}, "known": KNOWN,
    "lists": {"shelves": ["A1", "B2"]}, "settings": {"keysMade": True}}
# What somebody changes in an export: sheet, the first column of its key, column, new value.
EDITS = {
    "studio": [
        ("customers", "old.12345.service", "firstName", "Olivia"),
        ("customers", "old.12345.service", "email", "olivia@old.example"),
        ("customers", "old.12345.service", "lastName", "Ólder"),
        ("customers", "acme.12345.service", "lastName", "Leigh"),
        ("customers", "acme.12345.service", "package", "Gold"),
    ],
    "close": [
        ("companies", "Birch", "name", "Birch & Co"),
        ("companies", "Elm", "+Account manager", "Jon Lutz"),
        ("contacts", "bob@acme.example", "firstName", "Robert"),
        ("contacts", "gus@free.example", "company", "Dune"),
        ("contacts", "cid@birch.example", "lastName", "Fuchs"),
        ("rooms", "Acme", "status", "paid subscriber"),
        ("contacts", "dan@dune.example", "action", "Delete"),
    ],
    "dimensions": [
        ("customers", "Dune Hotels", "name", "Dune Hotels Ltd"),
        ("customers", "Elm Bakery", "notes", "+44 first"),
        ("customers", "Elm Bakery", "country", "Österreich"),
        ("customers", "Birch Dental", "trialEnd", {"date": "2026-04-20"}),
        ("customers", "Acme", "reference", "007"),
        ("pbx", "Elm Bakery", "template", "Standard hosted"),
    ],
    "shed": [
        ("borrowers", "SY-0777", "name", "Cora Diaz-Bell"),
        ("borrowers", "SY-0777", "kind", "Weekend"),
        ("borrowers", "NY-0001", "name", "Annie Lee"),
        ("borrowers", "NY-0001", "email", "annie@yard.example"),
        ("borrowers", "NY-0001", "shed", "South Yard"),
    ],
}
# All that comes of it: operations by their last word, whose, and what each carries or lists.
COMES_OF_IT = {
    "studio": [
        ("company.update", "old.12345.service",
         {"email": "olivia@old.example", "firstName": "Olivia", "lastName": "Ólder"}),
        ("company.update", "acme.12345.service", {"lastName": "Leigh"}),
        ("packages", "", [{"name": "acme.12345.service", "package": "Gold"}]),
        ("messaging", "", []),
    ],
    "close": [
        ("company.update", "Birch", {"name": "Birch & Co"}),
        ("company.update", "Elm", {"extra": {"Account manager": "Jon Lutz"}}),
        ("contact.update", "bob@acme.example", {"firstName": "Robert"}),
        ("contact.update", "cid@birch.example", {"lastName": "Fuchs"}),
        ("contact.attach", "gus@free.example", {"company": "Dune"}),
        ("room.update", "Acme/Board", {"status": "paid subscriber"}),
        ("contact.delete", "dan@dune.example", {"unlinkedFrom": ["Tent"]}),
    ],
    "dimensions": [
        ("pbx.update", "Elm Bakery", {"pbxTemplate": "Standard hosted"}),
        ("pbx.sync", "Elm Bakery", {}),
        ("customer.update", "Dune Hotels", {"name": "Dune Hotels Ltd"}),
        ("customer.update", "Elm Bakery", {"countryCode": "AT"}),
        ("customer.update", "Birch Dental", {"trialExpirationDate": "2026-04-20"}),
        ("customer.update", "Acme", {"reference": "007"}),
        ("customer.notes", "Elm Bakery", {"notes": "+44 first"}),
    ],
    "shed": [
        ("borrower.update", "SY-0777", {"name": "Cora Diaz-Bell", "kind": "Weekend"}),
        ("borrower.update", "NY-0001",
         {"name": "Annie Lee", "email": "annie@yard.example", "shed": "South Yard"}),
    ],
}
PORTALS = [*portals_with("good.yaml"), "shed"]


class Export:
    """The records of a portal, and their export."""

    def __init__(self, portal, language, folder):
        books = Books(portal, language, folder, MADE_UP if portal == "shed" else TEMPLATES)
        source = SHED if portal == "shed" else good(portal)
        self.names, self.portal, self.folder = books.names, portal, folder
        self.records = {
            name: records(sheet, source["rows"].get(name) or [], source["known"].get(name) or [])
            for name, sheet in self.names.sheets.items()}
        self.case = Case(books, source | {"known": self.records})
        self.known = books.known(self.records)
        self.books = {}
        self.path = folder / "export.xlsx"
        done = run("export", portal, *self.case.arguments(), "-o", self.path)
        assert done.returncode == 0 and not done.stdout, done.stderr

    def upload(self, path):
        """The report on a workbook, and the operations that come of it."""
        outcome = path.with_suffix("")
        done = run("import", path, *self.case.arguments(), "-o", outcome)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads((outcome / "report.json").read_text()), operations(outcome)

    def sheet(self, path, sheet):
        if path not in self.books:
            self.books[path] = load_workbook(path)
        return self.books[path][self.names.sheet_title(sheet)]

    def cells(self, path, sheet):
        """The rows of a sheet below its header, by title; columns without one are left out."""
        rows = self.sheet(path, sheet).iter_rows()
        titles = [cell.value for cell in next(rows)]
        return [{title: cell for title, cell in zip(titles, row) if title} for row in rows]

    def edited(self, edits):
        book = load_workbook(self.path)
        for sheet, key, field, value in edits:
            rows = book[self.names.sheet_title(sheet)].iter_rows()
            titles = [cell.value for cell in next(rows)]
            first = titles.index(self.names.title(sheet, self.names.sheets[sheet]["key"][0]))
            row = next(row for row in rows if row[first].value == key)
            cell = row[titles.index(self.names.title(sheet, field))]
            cell.value = self.names.cell(sheet, field, value)
        book.save(self.folder / "edited.xlsx")
        return self.folder / "edited.xlsx"


def records(sheet, rows, known):
    """What is known, and what good rows make, each of a sheet that has records with an id."""
    if not makes_records(sheet):
        return known
    known = list(known)
    keys = {tuple(record.get(field) for field in sheet["key"]) for record in known}
    for row in rows:
        key = tuple(row.get(field) for field in sheet["key"])
        if not {"action", "rowgateId"} & set(row) and key not in keys:
            known.append(row)
    return [dict(each) | {"rowgateId": f"{sheet['id']}-{number}"}
            for number, each in enumerate(known, 1)]


def makes_records(sheet):
    return "Create" in sheet.get("actions", ["Create"])


@pytest.fixture(scope="module", params=[
    pytest.param((portal, language), id=f"{portal}-{language}")
    for portal in PORTALS for language in LANGUAGES])
def export(request, tmp_path_factory):
    return Export(*request.param, tmp_path_factory.mktemp("export"))


def test_it_shows_every_record_in_order(export):
    for name, sheet in export.names.sheets.items():
        exported, known = export.cells(export.path, name), export.cells(export.known, name)
        count = len(export.records[name]) if makes_records(sheet) else 0
        alike = [export.names.title(name, field["id"]) for field in sheet["fields"]
                 if field["type"] in ("text", "email", "date")]
        for row, other in zip(exported[:count], known):
            assert [row[title].value for title in alike] == [other[title].value for title in alike]
        for row in exported[count:]:
            assert not any(row[title].value for title in alike)


def test_the_ids_are_hidden(export):
    for name, sheet in export.names.sheets.items():
        cells = export.sheet(export.path, name)
        columns = {cell.value: cell.column_letter for cell in cells[1]}
        title = ROWGATE_ID[export.names.language]
        assert (title in columns) == (makes_records(sheet) and bool(export.records[name]))
        if title in columns:
            assert cells.column_dimensions[columns[title]].hidden


def test_unedited_it_changes_nothing(export):
    report, done = export.upload(export.path)
    wanted = sum(len(export.records[name]) for name, sheet in export.names.sheets.items()
                 if makes_records(sheet))
    assert report["counts"]["unchanged"] == report["counts"]["rows"] == wanted, told(report)
    assert done == []
    # What else is said is said of the known workbook itself.
    said, _ = export.upload(export.known)
    link_sheets = {export.names.sheet_title(name) for name, sheet in export.names.sheets.items()
                   if not makes_records(sheet)}
    assert findings(report) == [
        each for each in findings(said) if each[0] not in link_sheets], told(report)


def findings(report):
    return [(each["sheet"], each["cell"], each["code"]) for each in report["findings"]]


def test_edited_it_carries_only_what_was_edited(export):
    if export.portal not in EDITS:
        sheets = definition(export.portal)["sheets"]
        assert not any("Update" in sheet.get("actions", []) for sheet in sheets)
        return
    report, done = export.upload(export.edited(EDITS[export.portal]))
    carried = [
        (each["operation"].partition(".")[2], "/".join(each["key"]),
         carries(each)) for each in done]
    assert sorted(carried, key=repr) == sorted(COMES_OF_IT[export.portal], key=repr), told(report)
    assert_counted(report)


def carries(operation):
    if operation["key"]:
        return operation["data"]
    return [{name: value for name, value in each.items() if name != "source"}
            for each in operation.get("list", [])]


# Of one portal


def test_without_known_customers_there_is_nothing_to_export(tmp_path):
    done = run("export", "studio", "-o", tmp_path / "x.xlsx")
    assert done.returncode == 64 and "--existing" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_records_without_ids_get_none(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_text("replaced")
    done = run("export", "studio", "--existing", STUDIO / "existing.csv", "-o", path)
    assert done.returncode == 0 and str(path) in done.stderr
    assert [child.name for child in tmp_path.iterdir()] == ["x.xlsx"]
    assert "Rowgate ID" not in {cell.value for cell in load_workbook(path)["Customers"][1]}


def test_it_goes_to_standard_output(tmp_path):
    existing = ("--existing", STUDIO / "existing.csv")
    run("export", "studio", *existing, "-o", tmp_path / "x.xlsx")
    done = run("export", "studio", *existing, "-o", "-", text=False)
    assert done.returncode == 0 and done.stdout == (tmp_path / "x.xlsx").read_bytes()


@pytest.mark.parametrize("language, country, answer", [
    ("en", "Germany", "No"), ("de", "Deutschland", "Nein")])
def test_values_are_in_the_words_of_the_language(tmp_path, language, country, answer):
    existing = tmp_path / "existing.csv"
    existing.write_text("Name,Country,In-house System,Trial Expiration Date\n"
                        "Acme,DE,false,2026-04-15\n")
    run("export", "dimensions", "--existing", existing, "--lang", language,
        "-o", tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    row = {cell.value: cell for cell in book.worksheets[1][2] if cell.value is not None}
    assert {"Acme", country, answer, datetime.datetime(2026, 4, 15)} <= set(row)
    assert row[datetime.datetime(2026, 4, 15)].number_format == "yyyy-mm-dd"


def test_what_starts_like_a_formula_stays_text(tmp_path):
    existing = tmp_path / "existing.csv"
    existing.write_text("Company Name,First Name,Last Name\nacme,+44 1,=1+1\n")
    run("export", "studio", "--existing", existing, "-o", tmp_path / "x.xlsx")
    row = load_workbook(tmp_path / "x.xlsx")["Customers"][2]
    assert [cell.value for cell in row[:4]] == ["acme", None, "+44 1", "=1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in row[2:4]] == [("s", True)] * 2
