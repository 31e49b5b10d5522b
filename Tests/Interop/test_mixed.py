"""Workbooks of several sheets with right rows among wrong ones, for every portal but studio, whose
own `test_rows.py` and `test_loop.py` have: what is found in them, and that what comes back, fixed,
gives with what went through what a right workbook gives; of every portal that this is what somebody
has read. `ROWGATE_WRITE_GOLDEN=1` writes that anew and then fails.
"""

import csv
import json
import os

import pytest
from openpyxl import load_workbook

from driver import ROOT, operations, run
from portal_cases import assert_in_order

FIXTURES = ROOT / "Fixtures"
WRITES_GOLDEN = os.environ.get("ROWGATE_WRITE_GOLDEN") == "1"
LISTS = {"dimensions": "pbxTemplates=dimensions/pbx-templates.txt",
         "rainbow": "companies=rainbow/companies.txt"}
# What a reseller calls a column of their own, where not "Notes".
OWN = {"dimensions": "Region manager"}
PORTALS = sorted(path.parent.name for path in FIXTURES.glob("*/known.xlsx"))


class Desk:
    """A ledger that knows one customer, and what is uploaded to it."""

    def __init__(self, portal, folder):
        folder.mkdir()
        self.portal, self.folder = portal, folder
        self.own = FIXTURES / portal
        done = run("adopt", portal, self.own / "known.xlsx", *self._ledger())
        assert done.returncode == 0, done.stderr

    def _ledger(self):
        return "--ledger", self.folder / "L", "--today", "2026-01-05"

    def upload(self, book, name):
        """The folder and the report of an import."""
        lists = ()
        if self.portal in LISTS:
            directory, path = LISTS[self.portal].split("=")
            lists = ("--list", f"{directory}={FIXTURES / path}")
        done = run("import", book, "--portal", self.portal, *self._ledger(), *lists,
                   "-o", self.folder / name)
        report = self.folder / name / "report.json"
        assert report.exists(), done.stderr
        return self.folder / name, json.loads(report.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=PORTALS)
def first(request, tmp_path_factory):
    """The desk that took the mixed workbook, the folder of what came of it, and the report."""
    desk = Desk(request.param, tmp_path_factory.mktemp("mixed") / "desk")
    return desk, *desk.upload(desk.own / "mixed.xlsx", "first")


@pytest.fixture(scope="module")
def right(first, tmp_path_factory):
    """The same of the right workbook, by somebody else."""
    desk = Desk(first[0].portal, tmp_path_factory.mktemp("right") / "desk")
    return desk.upload(desk.own / "mixed-right.xlsx", "right")


def test_what_is_wrong_is_found_and_nothing_else(first):
    desk, _, report = first
    with open(desk.own / "mixed-findings.tsv", encoding="utf-8", newline="") as file:
        wanted = [tuple(row) for row in list(csv.reader(file, delimiter="\t"))[1:]]
    found = [(each["sheet"], each["cell"], each["code"])
             for each in report["findings"] if each["severity"] == "error"]
    assert sorted(found) == sorted(wanted)
    assert report["counts"]["rejected"] == len({(sheet, cell.lstrip("ABCDEFGHIJ"))
                                                for sheet, cell, _ in wanted})


def test_a_right_workbook_goes_through(right):
    _, report = right
    assert report["counts"]["rejected"] == 0, report["findings"]


def test_a_right_workbook_gives_what_somebody_has_read(first, right):
    made = "".join(path.read_text(encoding="utf-8") for path in sorted(right[0].glob("batch-*")))
    golden = first[0].own / "mixed-right-operations.jsonl"
    if WRITES_GOLDEN:
        golden.write_text(made, encoding="utf-8")
        pytest.fail(f"{golden.name} of {first[0].portal}: written anew, read it")
    assert made == golden.read_text(encoding="utf-8")
    assert_in_order(operations(right[0]))


def test_what_comes_back_and_is_fixed_gives_what_a_right_workbook_gives(first, right, tmp_path):
    desk, folder, _ = first
    fixed = fix(folder / "rejected.xlsx", desk.own, tmp_path / "fixed.xlsx")
    again, report = desk.upload(fixed, "second")
    assert report["counts"]["rejected"] == 0, report["findings"]
    assert done_for_rows(folder) | done_for_rows(again) == done_for_rows(right[0])
    assert not done_for_rows(folder) & done_for_rows(again)


def done_for_rows(folder):
    """What is done for rows: names and data."""
    return {(each["id"], json.dumps(each["data"], sort_keys=True))
            for each in operations(folder) if each["key"]}


def test_a_column_of_the_resellers_own_comes_back_as_it_was(first):
    desk, folder, _ = first
    wrong, back = (load_workbook(path) for path in (
        desk.own / "mixed.xlsx", folder / "rejected.xlsx"))
    title, kept = OWN.get(desk.portal, "Notes"), 0
    for cells in wrong:
        column = headers(cells).get(title)
        for row, number in originals(back[cells.title]) if column else []:
            was = cells.cell(number, column).value
            now = back[cells.title].cell(row, headers(back[cells.title])[title])
            assert (now.value or None) == was and now.data_type != "f", (cells.title, number)
            kept += was is not None
    assert kept


def fix(path, own, to):
    """Writes into what came back, row by row, what the right workbook says otherwise."""
    back = load_workbook(path)
    wrong, right = load_workbook(own / "mixed.xlsx"), load_workbook(own / "mixed-right.xlsx")
    for cells in wrong:
        if cells.title not in back.sheetnames:
            continue
        theirs = headers(back[cells.title])
        for row, number in originals(back[cells.title]):
            for title, column in headers(cells).items():
                value = right[cells.title].cell(number, column).value
                if value != cells.cell(number, column).value:
                    back[cells.title].cell(row, theirs[title]).value = value
    back.save(to)
    return to


def headers(cells):
    return {cell.value: cell.column for cell in cells[1] if cell.value}


def originals(cells):
    """Rows that came back, each with the number it had."""
    column = headers(cells).get("Original row")
    if column is None:
        return []
    rows = ((row, cells.cell(row, column).value) for row in range(2, cells.max_row + 1))
    return [(row, int(number)) for row, number in rows if number]
