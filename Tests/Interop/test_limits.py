"""Every line of `rowgate limits` holds: what is just below or at it is read, what is just above is
refused with its code.

The numbers are those that `rowgate limits` prints. What a file can't reach in reasonable time is
held elsewhere, by tests of the parts; each line is in one of the two tables.
"""

import random
import re
import zlib

import pytest

from books import (
    BOOK, BOOK_RELS, HEADER, MAIN, SHEET, STRINGS, STYLES, Book, customer, number, relationships,
    row, styles, workbook)
from driver import FASTEST, ROOT, TODAY, run
from universal import SLOWNESS
from zip_bytes import STORED, Entry, archive

LISTED = {
    name: int(value) for name, value in re.findall(
        r"^(\S.*): (\d+) ", run("limits", binary=FASTEST).stdout, re.MULTILINE)}
SEED = 29
LONGEST = 32_767


def stored(part, text, old=None):
    """A good book whose part has another text, or more before a piece of it; nothing is deflated,
    so that no rule about density answers."""
    book = Book()
    book[part] = text if old is None else book[part].replace(old, text + old, 1)
    return archive(book.entries(method=STORED))


def inside(text):
    return stored(SHEET, text, "<sheetData>")


def named(form, count):
    return "".join(form.format(at) for at in range(count))


def padded(head, tail, size, before="<sheetData>"):
    return stored(SHEET, head + "x" * (size - len(head) - len(tail)) + tail, before)


def nested(depth):
    # The worksheet is the first level.
    return inside("<extLst>" * (depth - 1) + "</extLst>" * (depth - 1))


def directory(size):
    """A directory of so many bytes, most of them comments."""
    every = Book().entries() + [
        Entry(b"%03d" % at, b"", STORED, directory={"comment": b"c" * 60_000})
        for at in range(139)]
    rest = size - sum(46 + len(each.name) + len(each.directory.get("comment", b""))
                      for each in every)
    last = Entry(b"last", b"", STORED, directory={"comment": b"c" * (rest - 50)})
    return archive([*every, last])


def rows(*more, header=1):
    return Book(rows=[row(header, HEADER), *more])


def last_row(number):
    return rows(row(2, customer(0)), row(3, customer(1)), row(number, customer(2))).bytes()


def titles(count):
    return "".join(text(title) for title in [
        *HEADER, *(f"Column {at}" for at in range(count - len(HEADER)))])


def text(value):
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if value else "<c/>"


def columns(count):
    return Book(rows=[f'<row r="1">{titles(count)}</row>', *(
        row(at + 2, customer(at)) for at in range(3))]).bytes()


def long_row(size):
    """A row with texts of so many bytes, below where headers are looked for."""
    whole, rest = divmod(size, LONGEST)
    cells = "".join(text("x" * length) for length in [LONGEST] * whole + [rest])
    book = rows(*(row(at + 2, customer(at)) for at in range(3)),
                f'<row r="30"><c r="K30"/>{cells}</row>')
    return archive(book.entries(method=STORED))


def strings(count):
    return stored(STRINGS, f'<sst xmlns="{MAIN}">{"<si><t>x</t></si>" * count}</sst>')


def long_strings(size):
    """Shared strings of so many bytes together, deflated in pieces as they are many."""
    block = (random.Random(SEED).randbytes(1_024).hex() * 16)[:LONGEST]
    whole, rest = divmod(size, LONGEST)
    head, item, tail = (
        f'<sst xmlns="{MAIN}">'.encode(), f"<si><t>{block}</t></si>".encode(),
        f"<si><t>{block[:rest]}</t></si></sst>".encode())
    packer, crc, packed = zlib.compressobj(1, zlib.DEFLATED, -15), 0, []
    for piece in [head, *([item] * whole), tail]:
        crc = zlib.crc32(piece, crc)
        packed.append(packer.compress(piece))
    every = Book().entries()
    (entry,) = [each for each in every if each.name == STRINGS.encode()]
    entry.data = b"".join(packed) + packer.flush()
    entry.both(size=len(head) + whole * len(item) + len(tail), crc=crc, packed=len(entry.data))
    return archive(every)


def formats(count):
    """Cell formats, the last of which is in use."""
    return Book(customer(0, D=number("1", count - 1)), customer(1), customer(2)).with_part(
        STYLES, styles("<xf/>" * count)).bytes()


def number_formats(count):
    return Book().with_part(STYLES, styles("<xf/>", "".join(
        f'<numFmt numFmtId="{at}" formatCode="0"/>' for at in range(200, 200 + count)))).bytes()


def related(count):
    return Book().with_part(BOOK_RELS, relationships(*(
        (f"r{at}", "worksheet", "worksheets/sheet1.xml") for at in range(1, count + 1)))).bytes()


def sheets(count):
    hidden = named('<sheet name="S{0}" sheetId="{0}" state="hidden" r:id="r1"/>', count - 1)
    return Book().with_part(BOOK, workbook(
        f'<sheet name="Customers" sheetId="1" r:id="r1"/>{hidden}')).bytes()


def header_in(number):
    return rows(*(row(number + 1 + at, customer(at)) for at in range(3)), header=number).bytes()


def entries(count):
    every = Book().entries()
    return archive(every + [
        Entry(b"%d" % at, b"", STORED) for at in range(count - len(every))])


def long_title(size):
    title = "Email Address ()"
    notes = title.replace("()", f"({'x' * (size - len(title))})")
    return Book(rows=[row(1, [notes if each == "Email Address" else each for each in HEADER]), *(
        row(at + 2, customer(at)) for at in range(3))]).bytes()


# By line of `rowgate limits`: a workbook that has just so many, and the code of one too many.
REACHED = {
    "archive entries": (entries, "zip.too_many_entries"),
    "entry name": (lambda size: archive(Book().entries() + [Entry(b"n" * size)]), "zip.bad_name"),
    "archive directory": (directory, "zip.bad_header"),
    "element depth": (nested, "xml.too_deep"),
    "attributes": (
        lambda count: inside(named(" a{}=''", count).join(["<extLst", "/>"])),
        "xml.too_many_attributes"),
    "namespaces of a tag": (
        lambda count: inside(named(" xmlns:a{}='u'", count).join(["<extLst", "/>"])),
        "xml.too_many_namespaces"),
    # Beside those that everybody uses.
    "namespaces": (
        lambda count: inside(named('<extLst xmlns="urn:{}"/>', count)),
        "xml.too_many_namespaces"),
    "names": (lambda count: inside(named("<a{}/>", count)), "xml.too_many_names"),
    "unknown elements": (lambda count: inside("<?a?>" * count), "xml.too_many_unknown"),
    "section size": (lambda size: padded("<!--", "-->", size), "xml.tag_too_long"),
    "tag size": (lambda size: padded("<extLst a='", "'/>", size), "xml.tag_too_long"),
    "sheets": (sheets, "workbook.too_many_sheets"),
    "relationships": (related, "workbook.too_many_sheets"),
    "rows of a sheet": (last_row, "sheet.bad_row_ref"),
    "columns read": (columns, "workbook.too_many_columns"),
    "row size": (long_row, "sheet.too_many_cells"),
    "shared strings": (strings, "sst.too_large"),
    "shared text": (long_strings, "sst.too_large"),
    "cell formats": (formats, "styles.too_large"),
    "number formats": (number_formats, "styles.too_large"),
    "header search": (header_in, "header.missing"),
    "column title": (long_title, "header.missing"),
}
# What makes files of more than a hundred MB is tried at the limit and above alone.
SLOW = {"shared strings", "shared text"}

ELSEWHERE = {
    "upload size": "Interop/test_limits.py: test_an_upload_is_at_most_so_large",
    "settings file": "Interop/test_limits.py: test_settings_are_at_most_so_long",
    "columns of a sheet": "Interop/test_limits.py: test_a_cell_beyond_the_last_column",
    "merged ranges": "Interop/test_limits.py: test_merged_ranges_up_to_the_limit_are_kept",
    "cell text": "Interop/test_hostile_values.py: 89 32,767 units",
    "standard input": "GateTests/InputFileTests.swift: ofAStreamThatIsTooLong",
    "list size": "GateTests/ListTests.swift: aListBeyondTheLimitIsRefusedUnread",
    "inflated part": "ZipTests/ZipLimitsTests.swift: bytes of an entry",
    "inflated parts together": "ZipTests/ZipLimitsTests.swift: bytes of all entries",
    "inflate ratio": "ZipTests/ZipLimitsTests.swift: inflated bytes for a compressed one",
    "inflated without ratio": "ZipTests/ZipLimitsTests.swift: inflated bytes for a compressed one",
    "text above rows": "GateTests/TextRowsTests.swift: what begins before the limit",
    "cells of a sheet": "XLSXTests/Reading/ReadingRowTests.swift: cellCountMax",
    "value in a report": "ReportsTests/FindingsTextTests.swift: (1_001, 1_001)",
    "suggestions": "ValidationTests/Findings/SuggestionTests.swift: the first two thousand",
    "rows that wait for others":
        "ValidationTests/Rules/AcrossSheetsTests.swift: a chain of rows that wait has an end",
    "worker's processor time": "Interop/test_worker.py: test_a_worker_is_bound",
    "worker's processor time at most": "Interop/test_worker.py: test_a_worker_is_bound",
    "worker's time": "WorkersTests/WorkerTests.swift: a worker beyond its time",
    "worker's memory": "WorkersTests/WorkerTests.swift: a worker beyond its memory",
    "worker's address space": "Interop/test_worker.py: test_a_worker_is_bound",
    "worker's files": "Interop/test_worker.py: test_a_worker_is_bound",
    "worker's open files": "Interop/test_worker.py: Max open files",
    "uploads an hour": "Browser/test_pace.py: test_as_many_workbooks_come_within_an_hour_as_may",
    "uploads that wait": "Browser/test_limits.py: test_so_many_uploads_wait_as",
    "connections": "Browser/test_hostile_shortage.py: connectionCountMax",
    "connections of an address": "ServerTests/ConnectionCountsTests.swift: as many as may",
    "wrong passwords": "ServerTests/SecurityTests.swift: signInBurst",
}


def test_every_limit_is_in_one_table():
    assert sorted(LISTED) == sorted([*REACHED, *ELSEWHERE])


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_limit_held_elsewhere_is_held_there(name):
    file, _, piece = ELSEWHERE[name].partition(": ")
    assert piece in (ROOT / "Tests" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name, step", [
    (name, step) for name in REACHED for step in (-1, 0, 1) if step >= 0 or name not in SLOW])
def test_a_limit_holds_at_its_value_and_breaks_above(name, step, tmp_path):
    if SLOWNESS > 1 and name in SLOW:
        pytest.skip(f"{name} takes a debug build too long")
    make, code = REACHED[name]
    path = tmp_path / "book.xlsx"
    path.write_bytes(make(LISTED[name] + step))
    done = check(path)
    if step > 0:
        assert (done.returncode, codes(done)) == (2, [code])
    else:
        assert (done.returncode, '"accepted":3' in done.stdout) == (0, True), done.stdout[:2_000]


def check(path, *arguments):
    return run("check", path, "--portal", "studio", *TODAY, "--format", "jsonl", *arguments,
               binary=FASTEST)


def codes(done):
    return sorted(set(re.findall(
        r'^\{"code":"([a-z0-9_.]+)","severity":"error"', done.stdout, re.MULTILINE)))


@pytest.mark.parametrize("step, code", [
    (-1, "type.not_spreadsheet"), (0, "type.not_spreadsheet"), (1, "file.too_large")])
def test_an_upload_is_at_most_so_large(step, code, tmp_path):
    path = tmp_path / "book.xlsx"
    with open(path, "wb") as file:
        file.truncate(LISTED["upload size"] + step)
    done = check(path)
    assert (done.returncode, codes(done)) == (2, [code])


@pytest.mark.parametrize("step, status", [(-1, 0), (0, 0), (1, 64)])
def test_settings_are_at_most_so_long(step, status, tmp_path):
    path, settings = tmp_path / "book.xlsx", tmp_path / "settings.yaml"
    path.write_bytes(Book().bytes())
    line = b"platform: Luminate Wholesale\n#"
    settings.write_bytes(line.ljust(LISTED["settings file"] + step, b"x"))
    assert check(path, "--settings", settings).returncode == status


@pytest.mark.parametrize("reference, code", [
    ("XFC", None), ("XFD", None), ("XFE", "cell.bad_reference")])
def test_a_cell_beyond_the_last_column(reference, code, tmp_path):
    path = tmp_path / "book.xlsx"
    assert LISTED["columns of a sheet"] == 16_384  # XFD
    path.write_bytes(Book().swapped(
        SHEET, "</row></sheetData>", f'<c r="{reference}4"><v>1</v></c></row></sheetData>').bytes())
    done = check(path)
    assert (done.returncode, codes(done)) == ((1, [code]) if code else (0, []))


@pytest.mark.parametrize("step, status, code", [
    (-1, 1, "cell.merged"), (0, 1, "cell.merged"), (1, 2, "sheet.too_many_merges")])
def test_merged_ranges_up_to_the_limit_are_kept(step, status, code, tmp_path):
    """The last of them lies over a customer; test 63 has a million."""
    path = tmp_path / "book.xlsx"
    others = named('<mergeCell ref="J{0}1:K{0}1"/>', LISTED["merged ranges"] - 1 + step)
    path.write_bytes(Book(
        after=f'<mergeCells>{others}<mergeCell ref="C3:D3"/></mergeCells>').bytes())
    done = check(path)
    assert (done.returncode, codes(done)) == (status, [code])
