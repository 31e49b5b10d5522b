"""Findings stand at the rows and cells a person sees in Excel, each once."""

import csv

import pytest

from driver import STUDIO, assert_counted, check, codes, errors


@pytest.fixture(scope="module")
def mixed():
    return check(STUDIO / "mixed.xlsx")


def test_every_fault_of_the_mixed_workbook_is_found_and_no_other(mixed):
    status, report = mixed
    with open(STUDIO / "mixed-findings.tsv", encoding="utf-8", newline="") as file:
        wanted = [(row["cell"], row["code"]) for row in csv.DictReader(file, delimiter="\t")]
    assert status == 1
    assert errors(report) == wanted


def test_five_independent_faults_in_a_row_are_five_findings(mixed):
    _, report = mixed
    found = [cell for cell, _ in errors(report) if cell[1:] == "23"]
    assert found == ["A23", "B23", "C23", "D23", "F23"]


def test_duplicates_name_each_other(mixed):
    _, report = mixed
    related = {
        finding["cell"]: (set(finding["related"]), finding["relatedCount"])
        for finding in report["findings"] if finding["code"] == "email.duplicate_in_file"}
    assert related == {
        "B3": ({"B5", "B30"}, 2), "B5": ({"B3", "B30"}, 2), "B30": ({"B3", "B5"}, 2)}

    related = {
        finding["cell"]: finding["related"]
        for finding in report["findings"] if finding["code"] == "record.duplicate_in_file"}
    assert related == {"A31": ["A32"], "A32": ["A31"]}


SUGGESTED = {
    "F6": "Luminate Wholesale",
    "F10": "Luminate Wholesale",
    "A11": "cobalt.12345.service",
    "A12": "acme.12345.service",
    "A13": "birch.12345.service",
    "E14": "cove.12345.service",
    "B18": None,
    "B19": "tess@falcon.example",
    "A23": None,
    "A39": None,
}


def test_a_suggestion_is_made_only_where_there_is_one_answer(mixed):
    _, report = mixed
    found = {
        finding["cell"]: finding["suggestion"]
        for finding in report["findings"] if finding["severity"] == "error"}
    assert {cell: found[cell] for cell in SUGGESTED} == SUGGESTED


def test_what_is_changed_is_said(mixed):
    _, report = mixed
    assert {"cell.trimmed", "cell.filled", "charge.applies"} <= set(codes(report))


def test_counts_of_the_mixed_workbook(mixed):
    _, report = mixed
    counts = report["counts"]
    assert (counts["rows"], counts["blank"]) == (45, 4)
    assert counts["rejected"] == len({cell[1:] for cell, _ in errors(report)})


@pytest.mark.parametrize("name, wanted", [
    ("blank-rows", [("B9", "cell.required")]),
    ("filtered", [(f"F{row}", "cell.required") for row in (5, 9, 30)]),
    ("portal-own", [("H5", "cell.required"), ("D7", "domain.unknown")]),
    ("typed", [("D3", "cell.not_text"), ("D4", "cell.not_text"), ("D5", "cell.error_value")]),
    ("formulas", [(f"E{row}", "cell.formula_without_value") for row in (2, 3, 4)]),
    ("good", []),
    ("good-libreoffice", []),
    ("german-headers", []),
    ("mixed-right", []),
    ("suggestions-right", []),
])
def test_row_numbers_are_those_excel_shows(name, wanted):
    status, report = check(STUDIO / f"{name}.xlsx")
    assert errors(report) == wanted
    assert status == (1 if wanted else 0)


@pytest.mark.parametrize("name, rows, blank, hidden", [
    ("blank-rows", 8, 5, 0),
    ("filtered", 29, 0, 3),
    ("good", 25, 0, 0),
    ("portal-own", 8, 0, 0),
])
def test_every_row_is_counted_once(name, rows, blank, hidden):
    _, report = check(STUDIO / f"{name}.xlsx")
    assert_counted(report)
    counts = report["counts"]
    assert (counts["rows"], counts["blank"], counts["hidden"]) == (rows, blank, hidden)


def test_a_saved_formula_value_is_taken_and_said():
    _, report = check(STUDIO / "typed.xlsx")
    assert "cell.formula_value_used" in codes(report)


def test_known_customers_are_told_apart():
    status, report = check(STUDIO / "good.xlsx", "--existing", STUDIO / "existing.csv")
    found = [each for each in report["findings"] if each["severity"] == "error"]
    assert status == 1
    assert [(each["row"], each["code"]) for each in found] == [(3, "record.exists")]
    assert report["counts"]["unchanged"] == 1
    assert_counted(report)


def test_known_customers_from_a_workbook_give_the_same_verdict():
    _, text = check(STUDIO / "good.xlsx", "--existing", STUDIO / "existing.csv")
    _, book = check(STUDIO / "good.xlsx", "--existing", STUDIO / "existing.xlsx")
    assert text["counts"] == book["counts"]
    # The messages differ: each names its own file.
    for mine, theirs in zip(text["findings"], book["findings"], strict=True):
        assert mine | {"message": ""} == theirs | {"message": ""}


def test_libreoffice_saves_what_openpyxl_saves():
    _, ours = check(STUDIO / "good.xlsx")
    _, theirs = check(STUDIO / "good-libreoffice.xlsx")
    assert ours["counts"] == theirs["counts"] and ours["findings"] == theirs["findings"]
