"""What Rowgate writes is read by openpyxl, calamine and LibreOffice with the values it meant."""

import re
import shutil
import zipfile

import pytest

from driver import DOMAINS, ROOT, STUDIO, Sheet, operations, run, upload
from readers import (
    SOFFICE, formulas, printed, sheets, with_calamine, with_libreoffice, with_openpyxl)

WORKBOOKS = ["template.xlsx", "rejected.xlsx", "upload.xlsx", "changes.xlsx"]
OUR_SHEETS = {"Read me", "Summary"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with one of each workbook."""
    folder = tmp_path_factory.mktemp("written") / "out"
    upload(STUDIO / "mixed.xlsx", folder)
    done = run("template", "studio", *DOMAINS, "-o", folder / "template.xlsx")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", WORKBOOKS)
def test_openpyxl_and_calamine_read_the_same(written, name):
    calamine = with_calamine(written / name)
    # python-calamine hands out nothing for an error cell.
    openpyxl = {
        sheet: {cell: value for cell, value in cells.items()
                if value != "#N/A" or cell in calamine[sheet]}
        for sheet, cells in with_openpyxl(written / name).items()}
    assert openpyxl == calamine


@pytest.fixture(scope="module")
def saved_anew(written, tmp_path_factory):
    """What LibreOffice makes of each."""
    if not shutil.which(SOFFICE):
        pytest.skip("LibreOffice is not installed")
    return with_libreoffice(
        [written / name for name in WORKBOOKS], tmp_path_factory.mktemp("anew"))


@pytest.mark.parametrize("name", WORKBOOKS)
def test_libreoffice_reads_the_same_and_computes_the_values_we_saved(written, saved_anew, name):
    assert saved_anew[name] == with_openpyxl(written / name)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_no_cell_of_a_user_is_a_formula(written, name):
    checks = check_columns(written / name)
    assert [
        (title, reference) for title, reference in formulas(written / name)
        if title not in OUR_SHEETS and reference.rstrip("0123456789") != checks.get(title)
    ] == []


def check_columns(path):
    """The letter of the column `Check` of each sheet that has one."""
    return {
        title: key.rstrip("0123456789") for title, cells in with_openpyxl(path).items()
        for key, text in cells.items() if text == "Check"}


def test_rejected_rows_carry_what_was_typed(written):
    typed, back = Sheet(STUDIO / "mixed.xlsx"), Sheet(written / "rejected.xlsx")
    for row in back.rows("Original row"):
        original = int(back.cell(row, "Original row").value)
        for title in typed.columns:
            was, now = typed.cell(original, title), back.cell(row, title)
            assert (now.value, now.data_type) == (was.value, was.data_type), (original, title)


def test_what_starts_like_a_formula_comes_back_as_text(written):
    back = Sheet(written / "rejected.xlsx")
    notes = {back.cell(row, "Notes").value: back.cell(row, "Notes") for row in back.rows()}
    assert {"=SUM(A1:A9)", "007", "00447700900123"} <= set(notes)
    assert notes["=SUM(A1:A9)"].data_type == "s" and notes["=SUM(A1:A9)"].quotePrefix


def test_upload_holds_the_accepted_rows(written):
    sheet = next(iter(with_openpyxl(written / "upload.xlsx").values()))
    wanted = [
        operation["data"]["companyName"] for operation in operations(written)
        if operation["kind"] == "file"]
    column = next(key[0] for key, text in sheet.items() if text == "Company Name")
    assert [
        text for key, text in sheet.items() if key[0] == column and key[1:] != "1"] == wanted


def test_upload_has_one_sheet_and_the_manifest_says_it_is_guessed(written):
    assert len(with_openpyxl(written / "upload.xlsx")) == 1
    assert "template.guessed" in (written / "manifest.json").read_text(encoding="utf-8")


def test_changes_name_every_value_that_was_changed(written):
    text = " ".join(
        text for cells in with_openpyxl(written / "changes.xlsx").values()
        for text in cells.values())
    for cell in ("E15", "A27", "B27", "F27", "E38"):
        assert re.search(rf"\b{cell}\b", text), cell


def test_an_adopted_template_comes_back_with_only_its_rows_changed(tmp_path):
    templates = shutil.copytree(ROOT / "Templates", tmp_path / "templates")
    blank = STUDIO / "portal-template.xlsx"
    done = run("template", "adopt", "studio", blank, "--templates", templates)
    assert done.returncode == 0, done.stderr
    status, _ = upload(STUDIO / "good.xlsx", tmp_path / "out", "--templates", templates)
    assert status == 0

    filled = tmp_path / "out/upload.xlsx"
    with zipfile.ZipFile(blank) as before, zipfile.ZipFile(filled) as after:
        assert before.namelist() == after.namelist()
        (_, part), = sheets(before)
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
        assert changed == [part]
        assert without_rows(before.read(part)) == without_rows(after.read(part))
    assert_filled(filled)


def without_rows(part):
    """A sheet's part up to its header in row 2 and after its data; its dimension may grow."""
    text = re.sub(rb"<dimension[^>]*/>", b"", part)
    return re.sub(rb'<row r="(?![12]")[0-9]+".*(?=</sheetData>)', b"", text, flags=re.DOTALL)


def assert_filled(path):
    (cells,) = with_openpyxl(path).values()
    good = Sheet(STUDIO / "good.xlsx")
    titles = {text: key[0] for key, text in cells.items() if key[1:] == "2"}
    platform = titles.pop("Platform (optional)")
    for index, row in enumerate(good.rows()):
        for title in ("Company Name", "Email Address", "First Name", "Last Name"):
            assert cells[f"{titles[title]}{index + 3}"] == printed(good.cell(row, title).value)
        assert cells[f"{platform}{index + 3}"] == "Luminate Wholesale"
