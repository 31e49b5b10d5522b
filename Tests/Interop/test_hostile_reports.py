"""F: what goes out again. Numbers are those of ../hostile.md; test_loop.py holds 93."""

import random
import re
import shutil
import zipfile

import pytest

from books import BOOK, HEADER, SHEET, STRINGS, Book, Raw, customer, row
from driver import FASTEST, run
from readers import SOFFICE, formulas, with_calamine, with_libreoffice, with_openpyxl

SEED = 23
STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "\u0000="]
PAYLOADS = [
    "cmd|'/c calc'!A0", 'HYPERLINK("http://127.0.0.1/?x="&A1,"click")', "1+1",
    'WEBSERVICE("http://127.0.0.1/")', "DDE(\"cmd\";\"/c calc\";\"x\")", "SUM(A1:A9)",
    'IMPORTXML("http://127.0.0.1/","//a")', "2+5+cmd|' /C calc'!A0", "javascript:alert(1)",
    "<script>alert(1)</script>"]
COUNT = 1_000


def payloads():
    chance = random.Random(SEED)
    return [
        chance.choice(STARTS) + chance.choice(PAYLOADS) + str(index) for index in range(COUNT)]


def escaped(text):
    """As a workbook writes it: what XML has not becomes `_xHHHH_`."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub("[\x00-\x08\x0b-\x1f]", lambda found: f"_x{ord(found[0]):04X}_", text)


def rejected(book, folder):
    """The workbook that comes back; every row lacks its platform."""
    path, back = folder / "book.xlsx", folder / "rejected.xlsx"
    path.write_bytes(book.bytes())
    done = run("check", path, "--portal", "studio", "--rejected", back, binary=FASTEST)
    assert done.returncode == 1, done.stderr
    return back


@pytest.fixture(scope="module")
def injected(tmp_path_factory):
    """A thousand rows with a payload as first name and in a column of their own."""
    rows = [row(1, [*HEADER, "Notes"])] + [
        row(at, [*customer(0, C=escaped(text), F=""), escaped(text)])
        for at, text in enumerate(payloads(), 2)]
    return rejected(Book(rows=rows), tmp_path_factory.mktemp("injected"))


def column(cells, title):
    """The texts of a column, by the row's number."""
    letters = next(re.match("[A-Z]+", key)[0] for key, text in cells.items()
                   if text == title and re.fullmatch("[A-Z]+1", key))
    return {int(key[len(letters):]): text for key, text in cells.items()
            if re.fullmatch(letters + "[0-9]+", key) and not key.endswith(letters + "1")}


def test_94_no_payload_is_a_formula(injected):
    check = {title for title, _ in formulas(injected)}
    assert check <= {"Customers", "Read me", "Summary"}
    with zipfile.ZipFile(injected) as archive:
        text = "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    for formula in re.findall(r"<f[ >][^<]*</f>|<formula[12]?>[^<]*<|<definedName[^>]*>[^<]*<", text):
        assert not any(piece in formula for piece in ("calc", "HYPERLINK(", "WEBSERVICE", "cmd|"))
    assert "<hyperlink" not in text or "127.0.0.1" not in "".join(
        re.findall(r"<hyperlink[^>]*>", text))
    for name in zipfile.ZipFile(injected).namelist():
        if name.endswith(".rels"):
            assert b"External" not in zipfile.ZipFile(injected).read(name)


def test_94_every_payload_that_starts_like_a_formula_is_quoted(injected):
    from openpyxl import load_workbook
    sheet = load_workbook(injected)["Customers"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    cells = [sheet.cell(at, titles["Notes"]) for at in range(2, sheet.max_row + 1)]
    assert sum(cell.value is not None for cell in cells) == COUNT
    for cell in cells:
        if cell.value is None:
            continue
        assert cell.data_type == "s"
        if cell.value[0] in "=+-@\t\n\r＝＋－＠":
            assert cell.quotePrefix, cell.coordinate


@pytest.mark.parametrize("reader", [with_openpyxl, with_calamine])
def test_94_other_programs_read_the_payloads_as_they_were(injected, reader):
    found = column(reader(injected)["Customers"], "Notes")
    assert len(found) == COUNT
    for at, text in enumerate(payloads(), 2):
        decoded = {text, escaped(text), text.replace("\r", "\n"), text.strip()}
        assert found[at] in decoded or found[at].strip() in decoded, (at, text)


def test_94_libreoffice_computes_none_of_them(injected, tmp_path):
    if not shutil.which(SOFFICE):
        pytest.skip("LibreOffice is not installed")
    found = column(with_libreoffice([injected], tmp_path)[injected.name]["Customers"], "Notes")
    assert len(found) == COUNT
    assert all(any(piece in text for piece in PAYLOADS) for text in found.values())


def test_95_a_value_breaks_no_line_of_tsv(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(Book(customer(0, F="=1\t2\nx"), customer(1, C='="a"')).bytes())
    done = run("check", path, "--portal", "studio", "--format", "tsv", binary=FASTEST)
    head, *lines = done.stdout.split("\n")
    assert lines.pop() == ""
    assert {line.count("\t") for line in lines} == {head.count("\t")}


TEXTS = {
    "97 what XML has not": "a_x0001_b_x000B_c",
    "97 half a surrogate pair": "a_xD800_b",
    "97 the end of CDATA": "a]]>b",
    "97 an escape as text": "a_x005F_x0041_b",
    "97 markup": "<b>&amp;</b>",
    "97 as long as a cell is": "y" * 32_767,
}


@pytest.mark.parametrize("label", TEXTS)
def test_a_text_comes_back_as_it_went(label, tmp_path):
    text = TEXTS[label]
    titles = [*HEADER, "Notes"]
    book = Book(rows=[row(1, titles), row(2, [*customer(0, F=""), text])])
    first = rejected(book, tmp_path)
    again = run("inspect", first, "--sheet", "Customers", binary=FASTEST).stdout
    went = run("inspect", tmp_path / "book.xlsx", binary=FASTEST).stdout
    value = re.search(r'"ref":"H2","type":"s","value":(".*")}', went)[1]
    assert value in again
