"""`inspect` finds in 2,100 other programs' workbooks what independent readers find in them.

The corpus lies outside the project, in ../shared/corpus; its dumps say what a correct reader finds.
Where we differ, and what we do with files that are broken, stands in known-differences.md, and
nothing else may differ.
"""

import gzip
import json
import os
import re
import time
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import pytest

from driver import FASTEST, ROOT, run

CORPUS = ROOT.parent / "shared/corpus"
LISTING = ROOT / "Tests/XLSXTests/known-differences.md"
DIFFERENCES_MAX = 10
REFUSED_MAX = 1
SECONDS_MAX = 5
TRIES = 3
ROW = re.compile(rb'"ref":"[A-Z]*([0-9]*)"')
# A thread for each workbook: others would only wait for one another.
ENVIRONMENT = os.environ | {"ROWGATE_THREADS": "1"}


class Entry(NamedTuple):
    """A line of the corpus's index."""
    file: str
    sha256: str
    kind: str

    @property
    def is_odd(self):
        return self.kind.startswith("odd")


class Reading(NamedTuple):
    """What came of one file."""
    entry: Entry
    status: int
    codes: list
    seconds: float
    difference: str = ""
    count_difference: str = ""
    unseen: list = []


class Listed(NamedTuple):
    """A line of known-differences.md."""
    outcome: str
    quoted: list
    clause: str


def listing(title):
    """The lines under a heading of the page, by file."""
    section = LISTING.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    return {
        row[0].strip(" `"): Listed(
            row[1].strip(" `"), re.findall(r"`([^`]*)`", row[2]), row[3] if len(row) > 3 else "")
        for row in rows}


DIFFERENT = listing("Files with dumps")
ODD = listing("Odd files")


@pytest.fixture(scope="module")
def readings():
    """Every file of the corpus, read in as many processes as there are cores."""
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is not there: 2,100 workbooks of other programs are left out")
    lines = (CORPUS / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    entries = [Entry(*line.split("\t")[:3]) for line in lines]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield list(pool.map(read, entries, chunksize=16))


def read(entry):
    seconds = SECONDS_MAX + 1
    for _ in range(TRIES):
        start = time.monotonic()
        printed = inspect(entry.file)
        seconds = min(seconds, time.monotonic() - start)
        # What others do on the machine only ever adds to it.
        if seconds <= SECONDS_MAX:
            break
    codes = re.findall(r"\[([a-z0-9_.]+)\]\n", printed.stderr.decode())
    reading = Reading(entry, printed.returncode, codes, seconds)
    if entry.is_odd:
        return reading._replace(unseen=unseen(ODD.get(entry.file), printed.stdout + printed.stderr))
    dump = gzip.decompress((CORPUS / "dumps" / f"{entry.sha256}.jsonl.gz").read_bytes())
    return reading._replace(
        difference=difference(dump, printed.stdout),
        count_difference=count_difference(dump, inspect(entry.file, "--count").stdout))


def unseen(listed, printed):
    """What the page says is printed of an odd file, and is not."""
    if listed is None or listed.outcome != "read":
        return []
    pieces = [piece for piece in listed.quoted if piece.startswith(('"', "The sheet"))]
    return [piece for piece in pieces if piece.encode() not in printed] or (
        [] if pieces else ["nothing is quoted"])


def inspect(file, *arguments):
    return run("inspect", CORPUS / file, *arguments, text=False, binary=FASTEST, env=ENVIRONMENT)


def difference(dump, printed):
    """The first line of a dump that is not printed, or the first printed that is not in it."""
    if dump == printed:
        return ""
    ours, theirs = cells(printed), cells(dump)
    for place in {**theirs, **ours}:
        if not is_same(theirs.get(place), ours.get(place)):
            return f"{place}: {theirs.get(place)}, and here {ours.get(place)}"
    return ""


def cells(lines):
    """Cells by sheet (there may be two of a name) and reference, and the sheets themselves."""
    sheet, found = -1, {}
    for line in lines.splitlines():
        cell = json.loads(line)
        sheet += cell["type"] == "sheet"
        found[sheet, cell["sheet"], cell["ref"]] = cell
    return found


def is_same(theirs, ours):
    """Type and value; the serial of a date, where the dump has one. Durations to the millisecond.
    """
    if theirs is None or ours is None or theirs["type"] != ours["type"]:
        return False
    if theirs.get("dur"):
        return abs(theirs["value"] - ours["value"]) < 1 / 86_400_000
    return theirs["value"] == ours["value"] and theirs.get("num", ours.get("num")) == ours.get("num")


def count_difference(dump, printed):
    """The first sheet whose filled rows and cells are not as many as the dump's."""
    ours, theirs = printed.decode().splitlines(), counts(dump)
    return next((f"{a}, and here {b}" for a, b in zip(theirs, ours) if a != b), "") or (
        f"{len(theirs)} sheets, and here {len(ours)}" if len(theirs) != len(ours) else "")


def counts(dump):
    """What `inspect --count` prints of a dump."""
    sheets = []
    for line in dump.splitlines():
        # A quote within a text has a backslash before it, so these stand where they mean it.
        if b'"type":"sheet"' in line:
            sheets.append((json.loads(line), []))
        else:
            sheets[-1][1].append(ROW.search(line)[1])
    return [
        f"{sheet['sheet']}\t{len(set(rows))} rows\t{len(rows)} cells"
        for sheet, rows in sheets if sheet["value"] == "worksheet"]


def test_every_value_is_the_dumps_but_for_the_files_listed(readings):
    different = {
        reading.entry.file: reading.difference for reading in readings if reading.difference}
    assert not {file: what for file, what in different.items() if file not in DIFFERENT}
    assert not DIFFERENT.keys() - different.keys(), "listed, and no longer different"
    assert len(different) <= DIFFERENCES_MAX


def test_filled_rows_and_cells_of_every_sheet_are_as_many_as_the_dumps(readings):
    assert not {
        reading.entry.file: reading.count_difference for reading in readings
        if reading.count_difference and reading.status == 0}


def test_honest_files_are_read_but_for_the_one_listed(readings):
    refused = {
        reading.entry.file: reading.codes for reading in readings
        if not reading.entry.is_odd and reading.status != 0}
    assert refused == {
        file: [listed.outcome] for file, listed in DIFFERENT.items()
        if listed.outcome != "differs"}
    assert len(refused) <= REFUSED_MAX


def test_every_odd_file_does_what_is_listed(readings):
    odd = [reading for reading in readings if reading.entry.is_odd]
    done = {
        reading.entry.file: "read" if reading.status == 0 else " ".join(reading.codes)
        for reading in odd}
    assert done == {file: listed.outcome for file, listed in ODD.items()}
    assert not {reading.entry.file: reading.unseen for reading in odd if reading.unseen}


def test_none_crashes_and_none_takes_long(readings):
    assert {reading.status for reading in readings} <= {0, 2}
    assert not {
        reading.entry.file: reading.seconds for reading in readings
        if reading.seconds > SECONDS_MAX}


def test_every_difference_is_listed_with_reason_and_clause():
    assert 0 < len(DIFFERENT) <= DIFFERENCES_MAX
    for file, listed in DIFFERENT.items():
        assert re.search(r"Part [1-4] §\d", listed.clause), file
