"""A portal that nobody has, from its blank workbook to what is done there. The program knows nothing
of it but `made-up/shed/portal.yaml`.

`ROWGATE_WRITE_GOLDEN=1` writes `made-up/shed/operations.jsonl` anew and then fails.
"""

import json
import os

import pytest
from openpyxl import load_workbook

from driver import ROOT, assert_counted, operations, run
from portal_cases import LANGUAGES, Books, Case, assert_in_order, assert_readable, spoken, told

MADE_UP = ROOT / "Tests/Interop/made-up"
GOLDEN = MADE_UP / "shed/operations.jsonl"
WRITES_GOLDEN = os.environ.get("ROWGATE_WRITE_GOLDEN") == "1"
ORIGINAL_ROW = {"en": "Original row", "de": "Ursprüngliche Zeile"}

KNOWN = {"borrowers": [
    {"card": "SY-0777", "name": "Cora Diaz", "email": "cora@yard.example", "shed": "South Yard",
     "kind": "Workshop"}]}

# What somebody fills in: some of it right, and each fault once.
ROWS = {
    "borrowers": [
        {"card": "NY-0001", "name": "Ann Lee", "email": "ann@yard.example",
         "shed": "North Yard", "kind": "Workshop"},
        {"action": "Update", "card": "SY-0777", "name": "Cora Diaz-Bell"},
        {"card": "ny 2", "name": "Bo Young", "shed": "North Yard", "kind": "Weekend"},
        {"card": "NY-0003", "name": "Di Fox", "shed": "West Yard", "kind": "Weekend"},
        {"card": "NY-0004", "name": "Ed Moss", "email": "cora@yard.example",
         "shed": "South Yard", "kind": "Workshop"},
        {"action": "Update", "card": "SY-0778", "name": "Cora Diaz"},
    ],
    "tools": [
        {"tag": "saw-1", "shelf": "A1", "deposit": 50, "sharp": "Yes"},
        {"tag": "drill-1", "shelf": "B2", "deposit": 80},
        {"tag": "rake-1", "shelf": "C9", "deposit": 10},
        {"tag": "axe-1", "shelf": "A1", "deposit": 500, "sharp": "Yes"},
    ],
    "loans": [
        {"tool": "drill-1", "card": "SY-0777", "until": {"date": "2026-01-20"}},
        {"tool": "saw-1", "card": "NY-0001", "until": {"date": "2026-02-01"}},
        {"tool": "drill-1", "card": "NY-0001", "until": {"date": "2026-01-21"}},
        {"tool": "hoe-1", "card": "NY-0001", "until": {"date": "2026-01-21"}},
        {"tool": "rake-1", "card": "NY-0001", "until": {"date": "2026-01-04"}},
        {"tool": "axe-1", "card": "NY-0004", "until": {"date": "2026-01-21"}, "gloves": "Yes"},
    ],
}
FINDINGS = [
    "- - batch.held",
    "borrowers A4 cell.pattern",
    "borrowers D5 cell.not_in_list",
    "borrowers C6 email.taken",
    "borrowers A7 record.unknown",
    "borrowers E2 charge.applies",
    "tools B4 directory.unknown",
    "tools C5 cell.out_of_range",
    "loans D3 cell.required",
    "loans A4 count.too_many",
    "loans A5 reference.unknown",
    "loans C6 cell.out_of_range",
    "loans A7 reference.parent_rejected",
]
# The portal's own words, each in what is said of one of these.
SAID = {
    "en": [
        "Nothing can be lent until the keys are made.",
        "ny 2 is not the number of a card.",
        "North Yard, South Yard",
        "The borrower SY-0778 is not known",
        "C9 is not in your shelf list.",
        "500 is not allowed in Deposit",
        "Nobody said whether gloves go with this sharp tool.",
        "add a row for it on the sheet Tools",
        "12.50 EUR a month",
    ],
    "de": [
        "Bevor es Schlüssel gibt, kann nichts verliehen werden.",
        "ny 2 ist keine Kartennummer.",
        "North Yard, South Yard",
        "SY-0778 (Entleiher) ist nicht bekannt",
        "C9 steht nicht in Ihrer Regalliste.",
        "500 ist für Pfand nicht erlaubt",
        "zu diesem scharfen Werkzeug Handschuhe",
        "auf dem Blatt Werkzeuge",
        "12.50 EUR im Monat",
    ],
}

# What the person writes into the workbook that comes back, by row of the first upload; None takes
# the row away.
MENDED = {
    "borrowers": {
        4: {"card": "NY-0002"}, 5: {"shed": "South Yard"}, 6: {"email": "ed@yard.example"},
        7: None},
    "tools": {4: {"shelf": "B2"}, 5: {"deposit": 100}},
    # Row 7 needs nothing: it came back with its tool and its borrower.
    "loans": {3: {"gloves": "Yes"}, 4: None, 5: {"tool": "rake-1"}, 6: None},
}


@pytest.fixture(scope="module", params=LANGUAGES)
def shed(request, tmp_path_factory):
    """The portal's books in one language, and the case of somebody who fills them in."""
    books = Books("shed", request.param, tmp_path_factory.mktemp("shed"), MADE_UP)
    return Case(books, {
        "rows": ROWS, "known": KNOWN, "lists": {"shelves": ["A1", "B2"]},
        "settings": {"keysMade": False}})


@pytest.fixture(scope="module")
def uploaded(shed, tmp_path_factory):
    """The case, the folder `import` filled, what it found, and the report."""
    folder = tmp_path_factory.mktemp("first") / "outcome"
    return shed, folder, *shed.upload(folder)


@pytest.fixture(scope="module")
def again(uploaded, tmp_path_factory):
    """The case, the first outcome, and that of the same rows once somebody has mended them."""
    shed, first, _, _ = uploaded
    mended = mend(first / "rejected.xlsx", shed.books.names)
    folder = tmp_path_factory.mktemp("again") / "outcome"
    second = Case(shed.books, shed.case | {"known": known_after_the_first()})
    done = run("import", mended, *second.arguments(), "-o", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return shed, first, folder


def known_after_the_first():
    return KNOWN | {"borrowers": KNOWN["borrowers"] + ROWS["borrowers"][:1],
                    "tools": ROWS["tools"][:2]}


def mend(path, names):
    """Does to the workbook that came back what `MENDED` says."""
    book = load_workbook(path)
    for sheet, rows in MENDED.items():
        cells = book[names.sheet_title(sheet)]
        columns = {cell.value: cell.column for cell in cells[1] if cell.value}
        original = columns[ORIGINAL_ROW[names.language]]
        places = {
            int(cells.cell(row, original).value): row for row in range(2, cells.max_row + 1)
            if cells.cell(row, original).value}
        for number, values in rows.items():
            if values is None:
                values = dict.fromkeys(field["id"] for field in names.sheets[sheet]["fields"])
            for field, value in values.items():
                cell = cells.cell(places[number], columns[names.title(sheet, field)])
                cell.value = names.cell(sheet, field, value)
    book.save(path.with_name("mended.xlsx"))
    return path.with_name("mended.xlsx")


def test_it_is_listed():
    listed = run("portals", "--templates", MADE_UP).stdout.splitlines()
    assert "shed\tTool Shed\tBorrowers, Tools, Loans" in listed


def test_it_is_unknown_elsewhere():
    assert "shed" not in run("portals").stdout


def test_its_blank_workbook_has_its_words(shed):
    book = load_workbook(shed.books.template)
    names = shed.books.names
    assert [title for title in book.sheetnames if book[title].sheet_state == "visible"][1:] == [
        names.sheet_title(sheet) for sheet in names.sheets]
    for sheet, definition in names.sheets.items():
        titles = [cell.value for cell in book[names.sheet_title(sheet)][1]]
        wanted = [names.title(sheet, field["id"]) for field in definition["fields"]]
        assert titles[:len(wanted)] == wanted


def test_what_is_wrong_is_found_and_nothing_else(shed):
    found, report = shed.check(ROWS)
    assert found == sorted(FINDINGS), told(report)
    assert_counted(report)
    assert_readable(report)


def test_what_is_said_has_the_words_of_the_definition(shed):
    _, report = shed.check(ROWS)
    text = "\n".join(
        f"{finding['message']} {finding['remedy']}" for finding in report["findings"])
    assert [said for said in SAID[shed.books.names.language] if said not in text] == [], text


def test_an_upload_finds_the_same_and_gives_the_rest_back(uploaded):
    shed, folder, found, report = uploaded
    assert found == sorted(FINDINGS), told(report)
    book = load_workbook(folder / "rejected.xlsx")
    back = 0
    for sheet, definition in shed.books.names.sheets.items():
        cells = book[shed.books.names.sheet_title(sheet)]
        titles = [cell.value for cell in cells[1]]
        original = titles.index(ORIGINAL_ROW[shed.books.names.language])
        back += sum(row[original] is not None for row in cells.iter_rows(2, values_only=True))
    assert back == report["counts"]["rejected"] == 11


def test_what_is_mended_gives_with_the_first_the_operations_somebody_has_read(again):
    shed, *folders = again
    lines = "".join(
        batch.read_text(encoding="utf-8")
        for folder in folders for batch in sorted(folder.glob("batch-*.jsonl")))
    if shed.books.names.language == "en":
        if WRITES_GOLDEN:
            GOLDEN.write_text(lines, encoding="utf-8")
            pytest.fail(f"{GOLDEN.name} is written anew: read it")
        assert lines == GOLDEN.read_text(encoding="utf-8")
    else:
        wanted = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
        done = [operation for folder in folders for operation in operations(folder)]
        assert [spoken(each) for each in done] == [spoken(each) for each in wanted]


def test_what_comes_first_stands_before_what_waits_for_it(again):
    for folder in again[1:]:
        assert_in_order(operations(folder))


def test_what_must_be_settled_holds_what_it_names_and_nothing_else(again):
    for folder in again[1:]:
        for operation in operations(folder):
            held = operation["operation"] == "shed.loan.begin"
            assert (operation.get("held") == "keys") == held, operation


def test_paid_cards_are_counted_with_their_price(uploaded):
    _, _, _, report = uploaded
    assert report["effects"]["paid"] == [{
        "package": "Workshop", "count": 1, "price": "12.50", "currency": "EUR", "per": "month",
        "sum": "12.50"}]
