"""One workbook as three programs read it: sheet title to a map of cell to text."""

import datetime
import pathlib
import subprocess
import zipfile
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SOFFICE = "soffice"


def with_openpyxl(path):
    book = load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: printed(cell.value)
            for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}
        for sheet in book.worksheets}


def with_calamine(path):
    book = CalamineWorkbook.from_path(path)
    return {
        name: {
            f"{get_column_letter(column)}{row}": printed(value)
            for row, values in enumerate(
                book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
            for column, value in enumerate(values, start=1) if value not in (None, "")}
        for name in book.sheet_names}


def with_libreoffice(paths, folder):
    """LibreOffice, started once, opens workbooks and saves each anew; openpyxl reads what it saved.

    By the name of the file.
    """
    paths, target = [pathlib.Path(path) for path in paths], folder / "libreoffice"
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", target, *paths],
        check=True, capture_output=True, timeout=120 * len(paths))
    return {path.name: with_openpyxl(target / path.name) for path in paths}


def printed(value):
    """A value as text, whole numbers alike whether a reader gives 7 or 7.0."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    return str(value).replace("\r\n", "\n")


def formulas(path):
    """Every formula cell as sheet title and reference, read from the parts themselves."""
    with zipfile.ZipFile(path) as archive:
        return [
            (title, cell.get("r"))
            for title, part in sheets(archive)
            for cell in ElementTree.fromstring(archive.read(part)).iter(f"{MAIN}c")
            if cell.find(f"{MAIN}f") is not None]


def sheets(archive):
    """Titles and part names of the sheets, in workbook order."""
    targets = {
        each.get("Id"): each.get("Target").lstrip("/")
        for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = targets[sheet.get(RELATION)]
        yield sheet.get("name"), target if target.startswith("xl/") else f"xl/{target}"
