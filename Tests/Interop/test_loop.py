"""What comes back, once fixed, gives with what went through the operations of a right workbook, and
those somebody has read. `ROWGATE_WRITE_GOLDEN=1` writes them anew and then fails.
"""

import os

import pytest
from openpyxl import load_workbook

from driver import (
    STUDIO, TODAY, Sheet, check, errors, identities, operations, run, upload)
from ledgers import filled
from portal_cases import assert_in_order

WRITES_GOLDEN = os.environ.get("ROWGATE_WRITE_GOLDEN") == "1"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Uploads a fixture once and hands out the folder and the report."""
    folders = {}

    def of(name):
        if name not in folders:
            folder = tmp_path_factory.mktemp("outcome") / name
            folders[name] = folder, upload(STUDIO / f"{name}.xlsx", folder)
        folder, (status, report) = folders[name]
        return folder, status, report

    return of


def test_a_right_workbook_gives_what_somebody_has_read(outcome):
    folder, status, _ = outcome("mixed-right")
    assert status == 0
    made = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("batch-*")))
    golden = STUDIO / "mixed-right-operations.jsonl"
    if WRITES_GOLDEN:
        golden.write_text(made, encoding="utf-8")
        pytest.fail(f"{golden.name}: written anew, read it")
    assert made == golden.read_text(encoding="utf-8")
    assert_in_order(operations(folder))


def test_marked_cells_fixed_give_what_a_right_workbook_gives(outcome, tmp_path):
    first, status, report = outcome("mixed")
    assert status == 1
    fixed = fix_marked_cells(first / "rejected.xlsx", report, tmp_path / "fixed.xlsx")
    assert_loop_closes(outcome, first, [fixed], "mixed-right", tmp_path)


def test_suggestions_alone_give_what_a_right_workbook_gives(outcome, tmp_path):
    first, status, _ = outcome("suggestions-only")
    assert status == 1
    sheet = Sheet(first / "rejected.xlsx")
    for row in sheet.rows("Original row"):
        sheet.cell(row, "Use suggestions?").value = "Yes"
    fixed = sheet.save(tmp_path / "fixed.xlsx")
    assert_loop_closes(outcome, first, [fixed], "suggestions-right", tmp_path)


def test_sorted_and_cut_in_half_gives_what_a_right_workbook_gives(outcome, tmp_path):
    first, _, report = outcome("mixed")
    fixed = fix_marked_cells(first / "rejected.xlsx", report, tmp_path / "fixed.xlsx")
    rows = rows_sorted_by(fixed, "Last Name")
    middle = len(rows) // 2
    halves = [
        only(rows[:middle], fixed, tmp_path / "first-half.xlsx"),
        only(rows[middle:], fixed, tmp_path / "second-half.xlsx"),
    ]
    assert_loop_closes(outcome, first, halves, "mixed-right", tmp_path)


def test_what_comes_back_unfixed_is_rejected_for_the_same_reasons(outcome):
    first, _, report = outcome("mixed")
    status, again = check(first / "rejected.xlsx")
    assert status == 1
    assert again["counts"]["accepted"] == 0
    assert sorted(by_row(report)) == sorted(by_row(again))


def test_every_rejected_row_comes_back_once_with_its_original_number(outcome):
    first, _, report = outcome("mixed")
    sheet = Sheet(first / "rejected.xlsx")
    numbers = [sheet.cell(row, "Original row").value for row in sheet.rows("Original row")]
    assert [int(number) for number in numbers] == sorted(
        {finding["row"] for finding in report["findings"]
         if finding["severity"] == "error" and finding["row"]})
    assert len(numbers) == report["counts"]["rejected"]


def test_a_good_workbook_leaves_nothing_to_fix(outcome):
    folder, status, report = outcome("good")
    assert status == 0 and errors(report) == []
    assert not (folder / "rejected.xlsx").exists()


def by_row(report):
    """Original row, column and code of each error."""
    return [
        (finding["row"], finding["column"], finding["code"])
        for finding in report["findings"] if finding["severity"] == "error"]


def assert_loop_closes(outcome, first, fixed, right, tmp_path):
    """First upload and fixed ones together are the right workbook's operations, rows included."""
    folders = [first]
    for number, path in enumerate(fixed):
        status, report = check(path)
        assert status == 0, errors(report)
        folders.append(tmp_path / f"again-{number}")
        assert upload(path, folders[-1])[0] == 0

    wanted, status, report = outcome(right)
    assert status == 0, errors(report)
    assert set().union(*map(identities, folders)) == identities(wanted)

    rows = [row for folder in folders for row in sources(folder)]
    assert sorted(rows) == sorted(sources(wanted))


def sources(folder):
    """Operation and original row of everything that comes of a row, each once."""
    return [
        (operation["id"], operation["source"]["row"])
        for operation in operations(folder) if operation.get("source")]


def fix_marked_cells(rejected, report, target):
    """Writes into the cells the report names, and no others, what is right there."""
    sheet = Sheet(rejected)
    right = load_workbook(STUDIO / "mixed-right.xlsx")["Customers"]
    row_of = {
        int(sheet.cell(row, "Original row").value): row for row in sheet.rows("Original row")}
    for finding in report["findings"]:
        if finding["severity"] != "error":
            continue
        cell = sheet.cell(row_of[finding["row"]], finding["column"])
        assert cell.fill.fill_type == "solid", f"{finding['cell']} is not marked"
        cell.value = right[finding["cell"]].value
    return sheet.save(target)


def rows_sorted_by(path, title):
    """The data rows as lists of values, as a person would sort them."""
    sheet = Sheet(path)
    rows = [[cell.value for cell in sheet.cells[row]] for row in sheet.rows("Original row")]
    column = sheet.columns[title] - 1
    return sorted(rows, key=lambda values: str(values[column]), reverse=True)


def only(rows, path, target):
    """The workbook with these data rows; our own formulas stay where they are, as in a sort."""
    sheet = Sheet(path)
    first = sheet.header_row + 1
    blank = [None] * sheet.cells.max_column  # openpyxl looks at every cell to tell.
    for row in range(first, sheet.cells.max_row + 1):
        index = row - first
        values = rows[index] if index < len(rows) else blank
        for column, value in enumerate(values, start=1):
            cell = sheet.cells.cell(row=row, column=column)
            if cell.data_type == "f":
                continue
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl would make a formula of "=…".
    return sheet.save(target)


def test_who_remembers_nothing_is_told_what_rows_belong_to_that_are_gone(tmp_path):
    workbook = filled("close", tmp_path / "first.xlsx", {
        "Companies": [{"Company Name": "Acme", "Customer Status": "customer"}],
        "Contacts": [{"Email Address": "nobody", "First Name": "Ann", "Last Name": "Lee",
                      "Company": "Acme"}]})
    for name, memory in [("without", ()), ("with", ("--ledger", tmp_path / "L"))]:
        folder = tmp_path / name
        done = run("import", workbook, *TODAY, *memory, "-o", folder)
        assert done.returncode == 1, done.stderr
        summary = load_workbook(folder / "rejected.xlsx")["Summary"]
        text = " ".join(str(cell.value) for row in summary for cell in row)
        assert ("with a newer list" in text) == (not memory), text
        assert ("Nothing else is needed" in text) == bool(memory), text
