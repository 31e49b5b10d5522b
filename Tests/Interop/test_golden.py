"""The parts of what we write, against golden parts in `golden`, as XML.

A change of what is written shows here, element by element. When it is meant, renew the golden parts
and look at their difference before it is committed:

    ROWGATE_RECORD=1 .venv/bin/python -m pytest Tests/Interop/test_golden.py; git diff Tests

Recording fails the run, so that no run of tests can do it unseen.
"""

import difflib
import os
import re
import shutil
import zipfile
from xml.etree import ElementTree

import pytest

from books import HEADER, Book, Raw, customer, row
from driver import DOMAINS, FASTEST, ROOT, TODAY, run

GOLDEN = ROOT / "Tests/Interop/golden"
IS_RECORDING = os.environ.get("ROWGATE_RECORD") == "1"
BOOKS = ["template", "rejected", "changes", "upload"]
# What every entry of an archive has, so that the same input gives the same bytes.
TIME = (1980, 1, 1, 0, 0, 0)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The blank workbook of a short list of names, and what comes of four customers: the first two
    share an address, the third lacks its platform, the fourth has blanks around its name."""
    folder = tmp_path_factory.mktemp("golden")
    rows = [[*HEADER, "Notes"],
            [*customer(0, B="ann@shared.example"), "=SUM(A1:A9)"],
            [*customer(1, B="ANN@shared.example"), Raw('<c><v>7</v></c>')],
            [*customer(2, F=""), "+44 <&> \"quoted\""],
            [*customer(3, C=" Ann ", G="Professional"), ""]]
    path = folder / "book.xlsx"
    path.write_bytes(Book(rows=[row(at, each) for at, each in enumerate(rows, 1)]).bytes())
    names = folder / "names.txt"
    names.write_text("".join(f"{customer(at)[0]}\n" for at in range(4)))
    done = run("import", path, "--portal", "studio", "--domains", names, *TODAY, "-o",
               folder / "out", binary=FASTEST)
    assert done.returncode == 1, done.stderr
    done = run("template", "studio", "--domains", names, "-o", folder / "out/template.xlsx",
               binary=FASTEST)
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.mark.parametrize("name", BOOKS)
def test_parts_are_the_golden_ones(name, written):
    parts = parts_of(written / f"{name}.xlsx")
    folder = GOLDEN / name
    if IS_RECORDING:
        record(parts, folder)
        pytest.fail(f"recorded {len(parts)} parts in {folder.relative_to(ROOT)}")
    golden = {
        path.relative_to(folder).as_posix().removesuffix(".txt"): path.read_text(encoding="utf-8")
        for path in folder.rglob("*") if path.is_file()}
    assert sorted(parts) == sorted(golden)
    assert "".join(difference(part, golden[part], text) for part, text in parts.items()) == ""


@pytest.mark.parametrize("name", BOOKS)
def test_entries_know_no_clock(name, written):
    with zipfile.ZipFile(written / f"{name}.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {TIME}


def parts_of(path):
    """Every part by name, as lines that are the same when the XML is; and the order of the parts.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: lines(archive.read(name)) for name in archive.namelist()}
        return parts | {"order": "".join(f"{name}\n" for name in archive.namelist())}


def lines(part):
    """An element a line, its attributes in order of name; rows that are alike but for their number
    once, with how many there are."""
    root = ElementTree.fromstring(part)
    written = list(printed(root, 0))
    return "".join(f"{line}\n" for line in folded(written))


def printed(element, depth):
    attributes = "".join(f" {short(name)}={value!r}" for name, value in sorted(element.items()))
    text = f" {element.text!r}" if (element.text or "").strip() or (
        element.text and not len(element)) else ""
    tail = f" {element.tail!r}" if (element.tail or "").strip() else ""
    inside = [line for child in element for line in printed(child, depth + 1)]
    indent = "  " * depth
    # Rows and what is in their cells stand in one line each.
    if short(element.tag) in ("row", "si", "xf", "font", "fill", "border"):
        inside = [indent + "  " + "; ".join(line.strip() for line in inside)] if inside else []
    yield f"{indent}{short(element.tag)}{attributes}{text}{tail}"
    yield from inside


def short(name):
    """A name with the last piece of its namespace, but for the main one's."""
    space, _, local = name.rpartition("}")
    piece = re.split("[/:]", space)[-1]
    return local if piece in ("", "main") else f"{piece}:{local}"


def folded(written):
    """The lines, with runs of rows that differ in numbers alone folded into the first."""
    at = 0
    while at < len(written):
        span, end = row_span(written, at), at
        while span and row_span(written, end) and alike(written, at, end):
            end += 2
        if end - at > 4:
            yield from written[at:at + 2]
            yield f"    ({(end - at) // 2 - 1} more rows like this)"
            at = end
        else:
            yield written[at]
            at += 1


def row_span(written, at):
    return at + 1 < len(written) and re.match(r" +row ", written[at]) and "c r=" in written[at + 1]


def alike(written, first, other):
    """Whether rows are the same but for their own number, which must be the next each."""
    number = int(re.search(r" r='(\d+)'", written[first])[1])
    distance = (other - first) // 2
    wanted = [
        re.sub(rf"(?<=r=')([A-Z]*){number}(?=')",
               lambda found: f"{found[1]}{number + distance}", line)
        for line in written[first:first + 2]]
    return wanted == written[other:other + 2]


def record(parts, folder):
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in parts.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def difference(part, golden, text):
    return "\n".join(difflib.unified_diff(
        golden.splitlines(), text.splitlines(), f"golden {part}", f"written {part}", "", "", 1,
        lineterm=""))


def test_the_same_xml_gives_the_same_lines_and_other_xml_others():
    one = b"<a xmlns='urn:x' c='1' b='2'><t> </t><row r='1'/></a>"
    same = b'<y:a b="2" c="1" xmlns:y="urn:x"><y:t> </y:t>\n<y:row r="1"/></y:a>'
    assert lines(one) == lines(same)
    for other in (b"<a xmlns='urn:x' c='1' b='3'><t> </t><row r='1'/></a>",
                  b"<a xmlns='urn:x' c='1' b='2'><t>  </t><row r='1'/></a>",
                  b"<a xmlns='urn:x' c='1' b='2'><row r='1'/><t> </t></a>"):
        assert lines(one) != lines(other)
    rows = [f"<row r='{at}'><c r='A{at}' s='1'/></row>" for at in range(1, 9)]
    folded_rows = lines(f"<a>{''.join(rows)}</a>".encode())
    assert "7 more rows" in folded_rows
    rows[5] = rows[5].replace("s='1'", "s='2'")
    assert lines(f"<a>{''.join(rows)}</a>".encode()) != folded_rows
