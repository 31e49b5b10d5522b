"""D: sheets that are not as they should be. Numbers are those of ../hostile.md; XLSXTests and
GateTests hold each rule by itself."""

import itertools
import random

import pytest

from books import (
    BOOK, BOOK_RELS, HEADER, MAIN, OFFICE, SHEET, STRINGS, STYLES, Book, Raw, cell, customer,
    number, relationships, row, sheet, strings, styles, workbook)
from universal import SLOWNESS, judge

SEED = 19
# A debug build gets a tenth of the rows.
MILLION = 1_000_000 // SLOWNESS
ALL_MEMORY = 200 * 1024
LONGEST = 32_767
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
OUTSIDE = ' TargetMode="External"'
HEAD = row(1, HEADER)
ROWS = [HEAD] + [row(at + 2, customer(at)) for at in range(3)]


def rows(*more, before="", after="", **parts):
    """A book of the good rows and more; `parts` by the names of `books`."""
    book = Book().with_part(SHEET, sheet([*ROWS, *more], before, after))
    return book


def numbered(attribute):
    """A good book whose second customer's row has another number."""
    return Book().swapped(SHEET, '<row r="3">', f'<row r="{attribute}">').bytes()


def addressed(reference):
    """A good book, the last name of whose second customer is elsewhere."""
    return Book().swapped(SHEET, '<c r="D3"', f'<c r="{reference}"').bytes()


def shared(index):
    return Book(customer(0), customer(1, D=Raw(f'<c t="s"><v>{index}</v></c>')),
                customer(2)).bytes()


def counted(counts):
    """Shared strings that tell another number of themselves, and a cell that uses one."""
    return Book(customer(0, C=Raw('<c t="s"><v>0</v></c>')), customer(1), customer(2)).swapped(
        STRINGS, "<sst", f"<sst {counts}").bytes()


def without_references():
    text = "".join(ROWS)
    for at in range(1, 5):
        text = text.replace(f' r="{at}"', "")
        for letter in "ABCDEFG":
            text = text.replace(f' r="{letter}{at}"', "")
    # A cell without reference stands behind the one before: blank ones must be there.
    return Book().with_part(SHEET, sheet([text.replace(
        '<c t="inlineStr"><is><t xml:space="preserve">Luminate', '<c/><c t="inlineStr"><is><t '
        'xml:space="preserve">Luminate')])).bytes()


def reordered():
    """The cells of a row from right to left."""
    cells = [cell(f"{letter}3", value) for letter, value in zip("ABCDEFG", customer(1))]
    return Book().with_part(SHEET, sheet(
        [*ROWS[:2], '<row r="3">' + "".join(cells[::-1]) + "</row>", ROWS[3]])).bytes()


def styled(formats, number_formats="", index=0):
    book = Book(customer(0, D=number("12", index)), customer(1), customer(2))
    return book.with_part(STYLES, styles(formats, number_formats)).bytes()


def sheets(markup, *relations, **parts):
    book = Book().with_part(BOOK, workbook(markup)).with_part(
        BOOK_RELS, relationships(*relations, ("r2", "sharedStrings", "sharedStrings.xml")))
    return book


def listed(state="", name="Customers", rel="r1"):
    return f'<sheet name="{name}" sheetId="1"{state and f" state={chr(34)}{state}{chr(34)}"} r:id="{rel}"/>'


FIRST = ("r1", "worksheet", "worksheets/sheet1.xml")
CHART = ("r5", "chartsheet", "chartsheets/sheet1.xml")

REFUSED = {
    f"53 row number {value!r}": (lambda value=value: numbered(value), "sheet.bad_row_ref")
    for value in ("0", "-1", "1048577", "2147483648", "1" + "0" * 20, "1e3", "٣", "")
} | {
    "55 a cell twice": (lambda: Book().swapped(
        SHEET, '<c r="D3"', '<c r="C3"').bytes(), "sheet.duplicate_cell"),
    "56 a row twice": (lambda: numbered(2), "sheet.row_order"),
    "56 rows that fall": (lambda: rows(row(3, ["x"])).bytes(), "sheet.row_order"),
    "60 too many strings": (lambda: Book().with_part(STRINGS, many_strings(4_000_001)).bytes(), "sst.too_large"),
    "60 too much text": (lambda: Book().with_part(STRINGS, long_strings(9_000)).bytes(),
                         "sst.too_large"),
    "62 too many formats": (lambda: styled("<xf/>" * 65_491), "styles.too_large"),
    "62 too many number formats": (lambda: styled("<xf/>", "".join(
        f'<numFmt numFmtId="{at}" formatCode="0"/>' for at in range(200, 1_000_200))),
        "styles.too_large"),
    "64 a merged header": (lambda: rows(
        after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>').bytes(), "header.merged"),
    "64 a header of two lines": (lambda: rows(
        after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>').bytes(), "header.merged"),
    "65 a format longer than a tag": (lambda: styled(
        "<xf/>", f'<numFmt numFmtId="200" formatCode="{"0" * 100_000}"/>'), "xml.tag_too_long"),
    "68 a sheet that is said to lie outside": (
        lambda: sheets(listed(), (*FIRST, ' TargetMode="External"')).bytes(),
        "workbook.sheet_missing"),
    "69 no sheet": (lambda: sheets("", FIRST).bytes(), "workbook.no_visible_sheet"),
    "69 hidden sheets alone": (lambda: sheets(listed("hidden"), FIRST).bytes(),
                               "workbook.no_visible_sheet"),
    "69 very hidden sheets alone": (lambda: sheets(listed("veryHidden"), FIRST).bytes(),
                                    "workbook.no_visible_sheet"),
    "69 too many sheets": (lambda: sheets(listed() * 10_001, FIRST).bytes(),
                           "workbook.too_many_sheets"),
    "69 no relationship": (lambda: sheets(listed(rel="r7"), FIRST).bytes(),
                           "workbook.sheet_missing"),
    "69 a relationship to the workbook": (
        lambda: sheets(listed(), ("r1", "worksheet", "workbook.xml")).bytes(),
        "workbook.sheet_missing"),
    "69 a chart alone": (
        lambda: sheets(listed(rel="r5"), CHART).with_part("xl/chartsheets/sheet1.xml", "<x/>")
        .bytes(), "workbook.no_visible_sheet"),
    "70 16,384 columns": (lambda: Book(rows=[wide(16_384), *ROWS[1:]]).bytes(), "workbook.too_many_columns"),
}


def many_strings(count):
    return f'<sst xmlns="{MAIN}">' + "".join(
        f"<si><t>{at}</t></si>" for at in range(count)) + "</sst>"


def long_strings(count):
    chance = random.Random(SEED)
    return strings(*(chance.randbytes(LONGEST // 40).hex() * 20 for _ in range(count)))


def wide(count):
    return '<row r="1">' + "".join(
        f'<c t="inlineStr"><is><t>{title}</t></is></c>'
        for title in HEADER + [f"Column {at}" for at in range(count - len(HEADER))]) + "</row>"


SECONDS = {"60": 15, "62": 2, "69": 1, "70": 1}


@pytest.mark.parametrize("label", REFUSED)
def test_a_sheet_that_cannot_be_judged_is_refused_with_its_code(label, tmp_path):
    make, code = REFUSED[label]
    memory = ALL_MEMORY * 2 if label.startswith("60") else 64 * 1024
    outcome = judge(
        make(), tmp_path, memory=memory, seconds=SECONDS.get(label.split()[0], 0.5))
    assert (outcome.status, outcome.codes) == (2, [code])


# Each with the cells at fault and the notes that must be there.
JUDGED = {
    "51 two cells at the ends of the grid": (
        lambda: rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>').bytes(),
        [], {"sheet.stray_cell"}),
    "52 stray cells and a wrong dimension": (
        lambda: rows('<row r="900000"><c r="XFA900000"><v>1</v></c></row>',
                     before='<dimension ref="A1:XFD1048576"/>').bytes(),
        [], {"sheet.stray_cell"}),
    "55 no references": (without_references, [], set()),
    "55 from right to left": (reordered, [], set()),
    "58 four thousand million strings told": (
        lambda: counted('count="4294967295" uniqueCount="4294967295"'), [], set()),
    "58 a negative number told": (lambda: counted('uniqueCount="-1"'), [], set()),
    "58 no number told": (lambda: counted(""), [], set()),
    "61 endless columns": (
        lambda: rows(before='<cols><col min="1" max="4294967295"/></cols>').bytes(), [], set()),
    "61 endless spans": (
        lambda: Book().swapped(SHEET, '<row r="2"', '<row r="2" spans="1:16777215"').bytes(),
        [], set()),
    "61 a sheet id of four thousand million": (
        lambda: Book().swapped(BOOK, 'sheetId="1"', 'sheetId="4000000000"').bytes(), [], set()),
    "61 a drawing far away": (
        lambda: Book().with_part("xl/drawings/drawing1.xml", "<xdr:from><xdr:col>300000000")
        .bytes(), [], set()),
    "62 a style of -1": (lambda: styled("<xf/>", index=-1), [], set()),
    "62 a style of 70000": (lambda: styled("<xf/>", index=70_000), [], set()),
    "63 a merge over everything": (
        lambda: rows(after='<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>').bytes(),
        [], set()),
    "63 merges of nothing": (
        lambda: rows(after='<mergeCells><mergeCell ref=""/><mergeCell/></mergeCells>').bytes(),
        [], set()),
    "59 one long text beside the first rows": (
        lambda: beside_one_long_text(4_000), [], set()),
    "63 a merge over a customer": (
        lambda: rows(after='<mergeCells><mergeCell ref="C3:D3"/></mergeCells>').bytes(),
        [("C3", "cell.merged"), ("D3", "cell.merged")], set()),
    "63 merges over one another": (
        lambda: rows(after='<mergeCells><mergeCell ref="C3:D3"/><mergeCell ref="C3:D3"/>'
                           '</mergeCells>').bytes(),
        [("C3", "cell.merged"), ("D3", "cell.merged")], set()),
    "65 a format of brackets": (
        lambda: styled("<xf/><xf numFmtId='200'/>",
                       f'<numFmt numFmtId="200" formatCode="{"[" * 10_000}"/>', 1), [], set()),
    "65 a format of 60 kB": (
        lambda: styled("<xf/><xf numFmtId='200'/>",
                       f'<numFmt numFmtId="200" formatCode="{"[h]" * 20_000}"/>', 1), [], set()),
    "65 a format named as code": (
        lambda: styled("<xf/><xf numFmtId='200'/>",
                       '<numFmt numFmtId="200" formatCode="__proto__"/>', 1), [], set()),
    "68 a link to a file": (
        lambda: Book().swapped(BOOK_RELS, "</R", external("externalLink", "file:///etc/passwd")),
        [], {"pkg.external_link"}),
    "68 a link to a share": (
        lambda: Book().swapped(BOOK_RELS, "</R", external("connections", "\\\\smb\\x")),
        [], {"pkg.external_link"}),
    "68 a link of a cell to a file": (
        lambda: linked("hyperlink", "file:///etc/passwd", OUTSIDE), [], {"pkg.external_link"}),
    "68 a link of a cell to a share": (
        lambda: linked("hyperlink", "\\\\smb\\x", OUTSIDE), [], {"pkg.external_link"}),
    "68 an object of another program": (
        lambda: linked("oleObject", "../embeddings/oleObject1.bin"), [], {"pkg.external_link"}),
    "69 a hidden sheet first": (
        lambda: sheets(listed("hidden", "Lists", "r6") + listed(), FIRST,
                       ("r6", "worksheet", "worksheets/sheet2.xml"))
        .with_part("xl/worksheets/sheet2.xml", sheet([])), [], set()),
    "69 a chart first": (
        lambda: sheets(listed(name="Chart", rel="r5") + listed(), FIRST, CHART)
        .with_part("xl/chartsheets/sheet1.xml", "<x/>"), [], set()),
    "69 an active tab nobody has": (
        lambda: Book().swapped(
            BOOK, "<sheets>", '<bookViews><workbookView activeTab="99"/></bookViews><sheets>'),
        [], set()),
    "69 300 sheets": (
        lambda: sheets(listed() + "".join(listed("hidden", f"S{at}", "r1") for at in range(299)),
                       FIRST), [], set()),
    "70 headers in capitals, padded and with notes": (
        lambda: Book().swapped(SHEET, "Email Address", "\u00a0 EMAIL ADDRESS * ").swapped(
            SHEET, "First Name", "First Name (required)"), [], set()),
    "70 an unknown header": (lambda: Book(rows=[
        row(1, [*HEADER, "__proto__"]), *ROWS[1:]]), [], {"header.unknown"}),
} | {
    f"57 string index {value}": (
        lambda value=value: shared(value), [("D3", "cell.bad_shared_string")], set())
    for value in ("-1", "2", "2147483648", "abc")
} | {
    f"54 cell reference {value!r}": (
        lambda value=value: addressed(value), [("D3", "cell.bad_reference")], set())
    for value in ("XFE1", "ZZZZZZZ1", "A0", "1A", "a1", "$A$1", "Ａ1", "D5")
} | {
    f"{label} formula": (
        lambda markup=markup: Book(customer(0), customer(1, D=Raw(markup)), customer(2)).bytes(),
        faults, notes)
    for label, markup, faults, notes in [
        ("66 with a value, a", '<c t="str"><f>B1</f><v>Lee</v></c>', [],
         {"cell.formula_value_used"}),
        ("66 without a value, a", "<c><f>B1</f></c>",
         [("D3", "cell.formula_without_value")], set()),
        ("66 an array", '<c t="str"><f t="array" ref="D3:D9">B1</f><v>Lee</v></c>', [],
         {"cell.formula_value_used"}),
        ("66 a shared", '<c t="str"><f t="shared" si="0"/><v>Lee</v></c>', [],
         {"cell.formula_value_used"}),
        ("66 a data table's", '<c t="str"><f t="dataTable" ref="D3" r1="A1"/><v>Lee</v></c>', [],
         {"cell.formula_value_used"}),
        ("67 a recursive", "<c><f>D3</f></c>", [("D3", "cell.formula_without_value")], set()),
        ("67 a long", f'<c t="str"><f>{"A1+" * 2_731}</f><v>Lee</v></c>', [],
         {"cell.formula_value_used"}),
        ("67 a fetching", '<c t="str"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>Lee</v></c>', [],
         {"cell.formula_value_used"}),
        ("67 a calling", "<c t=\"str\"><f>cmd|'/c calc'!A0</f><v>Lee</v></c>", [],
         {"cell.formula_value_used"}),
    ]
}


def beside_one_long_text(count):
    """A good book with a text that cells share in as many columns beside each of its rows."""
    letters = ("".join(each) for each in itertools.product("ABCDEFGHIJKLMNOPQRSTUVWXYZ", repeat=3))
    columns = list(itertools.islice(letters, count))
    lines = [
        line.replace("</row>", "".join(
            f'<c r="{column}{at}" t="s"><v>0</v></c>' for column in columns) + "</row>")
        for at, line in enumerate(ROWS[1:], 2)]
    return Book().with_part(SHEET, sheet([HEAD, *lines])).with_part(
        STRINGS, strings("x" * LONGEST)).bytes()


def linked(*links):
    """A good book whose sheet has a relationship: type, target and mode."""
    return Book().with_part(SHEET_RELS, relationships(("r1", *links)))


def external(kind, target):
    return (f'<Relationship Id="r8" Type="{OFFICE}/{kind}" Target="{target}" '
            'TargetMode="External"/></R')


@pytest.mark.parametrize("label", JUDGED)
def test_what_does_not_matter_harms_nobody_and_what_does_one_row(label, tmp_path):
    make, faults, notes = JUDGED[label]
    made = make()
    outcome = judge(made if isinstance(made, bytes) else made.bytes(), tmp_path)
    assert outcome.cells == faults
    assert (outcome.status, outcome.accepted) == ((1, 2) if faults else (0, 3))
    assert notes <= outcome.notes


@pytest.mark.parametrize("target", [
    "mailto:ann@acme.example", "http://acme.example/", "HTTPS://acme.example/", "#Customers!A1"])
def test_a_link_excel_makes_of_an_address_is_not_told(target, tmp_path):
    outcome = judge(linked("hyperlink", target, OUTSIDE).bytes(), tmp_path)
    assert (outcome.status, outcome.accepted) == (0, 3)
    assert "pkg.external_link" not in outcome.notes


def test_links_to_outside_are_told_once(tmp_path):
    links = [(f"r{at}", "hyperlink", f"file:///{at}.xlsx", OUTSIDE) for at in range(2_000)]
    book = Book().swapped(BOOK_RELS, "</R", external("externalLink", "file:///prices.xlsx"))
    outcome = judge(book.with_part(SHEET_RELS, relationships(*links)).bytes(), tmp_path)
    told = [each for each in outcome.report["findings"] if each["code"] == "pkg.external_link"]
    assert [each["found"] for each in told] == ["file:///prices.xlsx"]
    assert told[0]["severity"] == "warning" and outcome.status == 0


@pytest.mark.parametrize("label, titles, codes", [
    ("70 a header twice", ["Email Address", *HEADER], {"header.duplicate"}),
    ("70 headers missing", ["Company Name", "First Name"], {"header.missing"}),
    ("70 twice and missing", ["Company Name", "First Name", "First Name"],
     {"header.duplicate", "header.missing"}),
], ids=lambda value: value if isinstance(value, str) else "")
def test_all_that_is_wrong_with_the_headers_is_said_at_once(label, titles, codes, tmp_path):
    outcome = judge(Book(rows=[row(1, titles), row(2, ["a", "b", "c"])]).bytes(), tmp_path)
    assert outcome.status == 2
    assert codes <= set(outcome.codes)


def test_59_one_long_text_in_many_rows_is_held_once(tmp_path):
    count = MILLION // 20
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c><c r="B{at}"><v>{at}</v></c></row>'
        for at in range(2, count + 2))
    book = Book().with_part(SHEET, sheet([HEAD, cells])).with_part(
        STRINGS, strings("n" * LONGEST))
    outcome = judge(book.bytes(), tmp_path, memory=64 * 1024, seconds=20)
    assert outcome.status == 1
    assert outcome.report["counts"]["rejected"] == count


def test_60_a_million_different_strings_are_read(tmp_path):
    book = Book().with_part(STRINGS, many_strings(MILLION))
    outcome = judge(book.bytes(), tmp_path, memory=ALL_MEMORY, seconds=6)
    assert (outcome.status, outcome.accepted) == (0, 3)


def test_63_a_million_merges_take_no_memory(tmp_path):
    merges = "".join(f'<mergeCell ref="J{at}:K{at}"/>' for at in range(5, MILLION + 5))
    book = rows(after=f"<mergeCells>{merges}</mergeCells>")
    outcome = judge(book.bytes(), tmp_path, memory=32 * 1024, seconds=3)
    assert (outcome.status, outcome.codes) == (2, ["sheet.too_many_merges"])
