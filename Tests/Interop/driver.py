"""Runs the built `rowgate` as a person would, and reads what it wrote."""

import json
import os
import pathlib
import subprocess

from openpyxl import load_workbook

ROOT = pathlib.Path(__file__).resolve().parents[2]
STUDIO = ROOT / "Fixtures/studio"
BAD = ROOT / "Fixtures/bad"
# A path from the environment that is relative is so to the root, as joining has it.
BINARY = ROOT / os.environ.get("ROWGATE", ".build/debug/rowgate")
# For what starts thousands of them.
FASTEST = ROOT / os.environ.get("ROWGATE_RELEASE", BINARY)
DOMAINS = ("--domains", STUDIO / "domains.csv")
TODAY = ("--today", "2026-01-05")
# No command takes as long, on a machine with however much else to do.
SECONDS_MAX = 600

# What an operation is compared by: everything that reaches the portal or names the operation.
IDENTITY = ("id", "kind", "operation", "key", "dependsOn", "data", "idempotencyKey")


def run(*arguments, text=True, binary=BINARY, **options):
    """The finished process; standard output and error are captured."""
    environment = {name: value for name, value in os.environ.items() if name != "ROWGATE_TEMPLATES"}
    options.setdefault("env", environment)
    options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
    return subprocess.run(
        [binary, *map(str, arguments)], capture_output=True, text=text, timeout=SECONDS_MAX,
        **{name: value for name, value in options.items() if value is not None})


def check(workbook, *arguments):
    """Exit status and report of `rowgate check --format json`."""
    done = run("check", workbook, *DOMAINS, *TODAY, "--format", "json", *arguments)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def upload(workbook, folder, *arguments, lists=DOMAINS):
    """Exit status and report of `rowgate import` into `folder`."""
    done = run("import", workbook, *lists, *TODAY, *arguments, "-o", folder)
    report = folder / "report.json"
    assert report.exists(), (done.returncode, done.stderr)
    return done.returncode, json.loads(report.read_text(encoding="utf-8"))


def contents(folder):
    """The bytes of the files in a folder by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def operations(folder):
    """Every operation of an outcome, in order."""
    return [
        json.loads(line)
        for batch in sorted(folder.glob("batch-*.jsonl"))
        for line in batch.read_text(encoding="utf-8").splitlines()
    ]


def identities(folder):
    """The operations as a set of what they are compared by."""
    return {
        # What is done once waits for what is in its batch.
        json.dumps({name: operation.get(name) for name in IDENTITY
                    if operation["source"] or name != "dependsOn"}, sort_keys=True)
        for operation in operations(folder)
    }


def errors(report):
    """The findings that reject, as pairs of cell and code, in the report's order."""
    return [
        (finding["cell"], finding["code"])
        for finding in report["findings"] if finding["severity"] == "error"
    ]


def codes(report):
    return [finding["code"] for finding in report["findings"]]


def assert_counted(report):
    """Every row is counted once."""
    counts = report["counts"]
    parts = ("accepted", "rejected", "unchanged", "leftOut", "blank")
    assert counts["rows"] == sum(counts[part] for part in parts), counts


class Sheet:
    """The data rows of one sheet, cells by column title."""

    def __init__(self, path, title="Customers", data_only=False):
        self.path = path
        self.book = load_workbook(path, data_only=data_only)
        self.cells = self.book[title]
        self.header_row = next(
            row[0].row for row in self.cells.iter_rows(max_row=20)
            if sum(isinstance(cell.value, str) for cell in row) >= 5)
        self.columns = {
            cell.value: cell.column for cell in self.cells[self.header_row] if cell.value}

    def cell(self, row, title):
        return self.cells.cell(row=row, column=self.columns[title])

    def rows(self, title="Company Name"):
        """Numbers of the rows that are filled in; `title` is a column that never stays blank."""
        first = self.header_row + 1
        return [
            row for row in range(first, self.cells.max_row + 1)
            if self.cell(row, title).value not in (None, "")]

    def save(self, path=None):
        self.book.save(path or self.path)
        return path or self.path
