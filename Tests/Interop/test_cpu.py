"""No hostile file takes more than ten times the processor's time of an honest one for each byte
that it has or inflates to, whichever is more: a million empty blocks inflate to nothing.

Honest are the large files of ../shared/corpus, read by `inspect --count`; hostile are those of the
tests of that name and the long ones here, read so and judged by `check`, where the bytes of what is
told count as well: a row of a few letters with five faults makes a hundred times its bytes.

Time is that of the processor on one thread, less what a workbook without rows takes; the best of
three where it matters, as what others do on the machine only ever adds to it. What takes less than
FREE_SECONDS is not weighed: starting the program differs by as much.
"""

import json
import statistics
import subprocess
import sys
import zipfile

import pytest

import test_hostile_sheets
import test_hostile_values
import test_hostile_xml
import test_hostile_zip
from books import HEADER, SHEET, STRINGS, Book, customer, number, row, sheet, strings
from driver import DOMAINS, FASTEST, ROOT, STUDIO, TODAY
from universal import HERE, SLOWNESS, environment
from zip_bytes import STORED, archive

CORPUS = ROOT.parent / "shared/corpus"
TIMES_MAX = 10
LARGE = 1_000_000
FREE_SECONDS = 0.05
TRIES = 3
# The archives that anything is inflated of; the others are refused by their directory.
INFLATED = {"15", "19", "30", "33"}
INSPECT, CHECK = ("inspect", "--count"), (
    "check", "--portal", "studio", *DOMAINS, *TODAY, "--format", "json")


def repeated(text, count):
    return sheet([test_hostile_sheets.HEAD, "".join(text.format(at) for at in range(2, count + 2))])


def with_sheet(text, **options):
    return archive(Book().with_part(SHEET, text).entries(**options))


ATTRIBUTES = " ".join(f"a{at}='x'" for at in range(60))
DECLARATIONS = " ".join(f"xmlns:a{at}='u'" for at in range(32))
LONG = {
    "blank rows": lambda: with_sheet(repeated('<row r="{0}"><c r="A{0}"/></row>', 100_000)),
    "rows of nothing": lambda: with_sheet(repeated('<row/>', 300_000)),
    "cells of nothing": lambda: with_sheet(repeated(f'<row r="{{0}}">{"<c/>" * 16_000}</row>', 40)),
    "cells of a letter": lambda: with_sheet(repeated(
        '<row r="{0}"><c t="inlineStr"><is><t>x</t></is></c></row>', 50_000)),
    "numbers without end": lambda: with_sheet(repeated(
        f'<row r="{{0}}"><c r="C{{0}}"><v>{"9" * 1_000}</v></c></row>', 5_000)),
    "escapes": lambda: with_sheet(repeated(
        f'<row r="{{0}}"><c t="inlineStr"><is><t>{"_x0041_" * 100}</t></is></c></row>', 5_000)),
    "entities": lambda: with_sheet(repeated(
        f'<row r="{{0}}"><c t="inlineStr"><is><t>{"&amp;&#9;" * 100}</t></is></c></row>', 5_000)),
    "runs": lambda: with_sheet(repeated(
        f'<row r="{{0}}"><c t="inlineStr"><is>{"<r><t>x</t></r>" * 100}</is></c></row>', 2_000)),
    "attributes": lambda: with_sheet(repeated(
        f'<row r="{{0}}"><c {ATTRIBUTES}/></row>', 3_000)),
    "declarations": lambda: with_sheet(repeated(
        f'<row r="{{0}}"><c {DECLARATIONS}/></row>', 3_000)),
    "merges": lambda: with_sheet(sheet(test_hostile_sheets.ROWS, after="<mergeCells>" + "".join(
        f'<mergeCell ref="A{at}:G{at}"/>' for at in range(2, 60_000)) + "</mergeCells>")),
    "one address": lambda: with_sheet(repeated(
        '<row r="{0}"><c r="B{0}" t="inlineStr"><is><t>ann@acme.example</t></is></c></row>',
        30_000)),
    "names nearly right": lambda: with_sheet(repeated(
        '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>acme{0}.12345.service</t></is></c></row>',
        30_000)),
    "long texts in rows": lambda: with_sheet(repeated(
        f'<row r="{{0}}"><c r="C{{0}}" t="inlineStr"><is><t>{"long " * 2_000}</t></is></c></row>',
        200), method=STORED),
    "strings": lambda: Book().with_part(
        STRINGS, strings(*("é" * 300 for _ in range(5_000)))).bytes(),
    "long formats": lambda: test_hostile_sheets.styled(
        "<xf/>", "".join(f'<numFmt numFmtId="{at}" formatCode="{"[h]" * 300}"/>'
                         for at in range(200, 2_200))),
    "texts where titles are looked for": lambda: archive(Book(rows=[
        row(1, HEADER), *(row(at + 2, customer(at)) for at in range(3)),
        *(row(at, ["", "x" * 32_767, *["x" * 32_767] * 8]) for at in range(5, 20))
    ]).entries(method=STORED)),
}


def tables():
    """Every hostile file that tests make of a table, by the name of its test."""
    for module, table in [
            (test_hostile_zip, test_hostile_zip.ARCHIVES),
            (test_hostile_xml, test_hostile_xml.DOCUMENTS),
            (test_hostile_sheets, test_hostile_sheets.REFUSED),
            (test_hostile_sheets, test_hostile_sheets.JUDGED)]:
        for label, values in table.items():
            if module is test_hostile_zip and label.split()[0] not in INFLATED:
                continue
            yield f"{module.__name__.removeprefix('test_hostile_')} {label}", values[0]
    yield "values 91 a full sheet of faults", lambda: test_hostile_values.filled(100_000)
    for label, make in LONG.items():
        yield f"long {label}", make


def seconds(path, command, folder, tries=TRIES):
    """The least processor's time of a few runs, and how many bytes were told."""
    result, found = folder / "took.json", []
    for _ in range(tries):
        done = subprocess.run(
            [sys.executable, "-I", "-S", HERE / "measured.py", result, "100", FASTEST, command[0],
             path, *map(str, command[1:])],
            capture_output=True, env=environment(folder, "1"), check=True)
        found.append(json.loads(result.read_text())["cpu"])
    return min(found), len(done.stdout)


def inflated(path):
    """What the directory says that the parts of markup have in bytes; 0 where there is none."""
    try:
        with zipfile.ZipFile(path) as file:
            return sum(each.file_size for each in file.infolist()
                       if each.filename.lower().endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return 0


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """The median of seconds for a byte."""
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is not there: what a byte of hostile files costs is left out")
    folder = tmp_path_factory.mktemp("honest")
    start, _ = seconds(STUDIO / "no-rows.xlsx", INSPECT, folder, 7)
    lines = (CORPUS / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    files = [CORPUS / file for file, _, kind in (line.split("\t")[:3] for line in lines)
             if not kind.startswith("odd")]
    return statistics.median(
        (seconds(path, INSPECT, folder)[0] - start) / inflated(path)
        for path in files if inflated(path) >= LARGE)


def test_a_byte_of_a_hostile_file_costs_at_most_ten_times_an_honest_ones(honest, tmp_path):
    if SLOWNESS > 1:
        pytest.skip("of a debug build's time nothing can be said")
    path, dear = tmp_path / "book.xlsx", {}
    starts = {command: seconds(STUDIO / "no-rows.xlsx", command, tmp_path, 7)[0]
              for command in (INSPECT, CHECK)}
    for label, make in tables():
        made = make()
        path.write_bytes(made if isinstance(made, bytes) else made.bytes())
        size = max(inflated(path), path.stat().st_size)
        for command, start in starts.items():
            if command is CHECK or size > LARGE:
                cost = weighed(path, command, start, size, honest, tmp_path)
                if cost > TIMES_MAX:
                    dear[f"{command[0]} {label}"] = round(cost, 1)
    assert dear == {}, f"an honest byte takes {honest * 1e9:.1f} ns"


def weighed(path, command, start, size, honest, folder):
    """How many times an honest byte's time a byte takes; 0 where it is not worth weighing."""
    took, told = seconds(path, command, folder, 1)
    bytes_ = max(size + (told if command is CHECK else 0), 1)
    if took - start > FREE_SECONDS and (took - start) / bytes_ > honest * TIMES_MAX / 2:
        took, _ = seconds(path, command, folder)
    return 0 if took - start <= FREE_SECONDS else (took - start) / bytes_ / honest
