"""What is run: Rowgate, its peers, and the floor."""

import importlib.util
import pathlib
import sys

from measure import Program

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE / "peers"
FOUND_FAULTS = 1
LEDGER_ENDS = ("", ".files", ".lock")


class Programs:
    """`binary` is a release build of rowgate, `folder` takes what is written."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def inspect(self, book):
        return Program("rowgate", (self.binary, "inspect", "--count", book))

    def check(self, book, names, faults=True, ledger=None):
        """With every rule of the portal, a report and the rejected workbook."""
        rejected = self.folder / "rejected.xlsx"
        return Program(
            "rowgate",
            (self.binary, "check", *judged(book, names, ledger), "--rejected", rejected),
            statuses=(FOUND_FAULTS if faults else 0,), output=rejected)

    def checked_sheets(self, book, templates=None):
        """Rows of several sheets without a fault, by another portal's rules where they are given."""
        return Program(
            "rowgate",
            (self.binary, "check", book, "--portal", "close", "--today", "2026-01-05",
             *(("--templates", templates) if templates else ())))

    def imported(self, book, names, faults=True):
        """The same, and the batches and `upload.xlsx`."""
        outcome = self.folder / "outcome"
        return Program(
            "rowgate", (self.binary, "import", *judged(book, names), "-o", outcome),
            statuses=(FOUND_FAULTS if faults else 0,), output=outcome)

    def accepted(self, book, names, ledger):
        """The same, remembered in a ledger that is made for it."""
        outcome = self.folder / "outcome"
        return Program(
            "rowgate", (self.binary, "import", *judged(book, names, ledger), "-o", outcome),
            statuses=(FOUND_FAULTS,), output=outcome,
            leaves=tuple(ledger.with_name(ledger.name + end) for end in LEDGER_ENDS))

    def write(self, rows):
        """`write-benchmark` beside the binary."""
        return self.writer("rowgate", self.binary.with_name("write-benchmark"), rows)

    def libxlsxwriter(self, program, rows):
        return self.writer("libxlsxwriter", program, rows)

    def writer(self, name, program, rows):
        if not program or not program.exists():
            return None
        out = self.folder / f"{name}.xlsx"
        return Program(name, (program, rows, out), output=out)

    def rustpy(self, rows):
        out = self.folder / "rustpy.xlsx"
        return peer(
            "rustpy", "write_peers.py", rows, out, needs="rustpy_xlsxwriter", output=out,
            tells_seconds=True)


def judged(book, names, ledger=None):
    return (
        book, "--portal", "studio", "--domains", names, "--today", "2026-01-05",
        *(("--ledger", ledger) if ledger else ()))


def fastexcel(book):
    return peer("fastexcel", "read_peers.py", book, needs="fastexcel")


def pandera(book):
    return peer("pandera", "check_peers.py", book, needs="pandera")


def floor(book):
    return Program("floor", (sys.executable, HERE / "floor.py", book), tells_seconds=True)


def peer(name, script, *arguments, needs, **more):
    """Nothing where it isn't installed."""
    if not importlib.util.find_spec(needs):
        return None
    return Program(name, (sys.executable, PEERS / script, name, *arguments), **more)
