"""A ledger in a folder of its own, what is uploaded to it, and whether its files agree with it."""

import json
import os
import sqlite3
from contextlib import closing

import openpyxl

from books import HEADER, Book, row
from driver import FASTEST, ROOT, TODAY, contents, run

# One thread: calls come in the same order every time.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "ROWGATE_TEMPLATES"
} | {"ROWGATE_THREADS": "1"}
KEPT = {"workbook.xlsx", "rows.tsv", "returns.tsv", "operations.tsv"}


def company(name, email=None):
    """A good row."""
    return [f"{name}.12345.service", email or f"ann@{name}.example", "Ann", "Lee", "",
            "Luminate Wholesale", ""]


def filled(portal, path, sheets):
    """A portal's blank workbook with rows by sheet and title."""
    workbook = openpyxl.load_workbook(ROOT / f"Templates/{portal}/{portal}.xlsx")
    for name, rows in sheets.items():
        columns = {cell.value: cell.column for cell in workbook[name][1]}
        for at, cells in enumerate(rows, 2):
            for title, value in cells.items():
                workbook[name].cell(at, columns[title]).value = value
    workbook.save(path)
    return path


def book(path, companies):
    """A workbook of such rows."""
    path.write_bytes(
        Book(rows=[row(at, each) for at, each in enumerate([HEADER, *companies], 1)]).bytes())
    return path


def names_of(folder, companies):
    """The list of names that these rows have, as arguments."""
    path = folder / "names.txt"
    path.write_text("".join(f"{each[0]}\n" for each in companies))
    return "--domains", path


class Ledger:
    """A ledger and outcomes in a folder: `L`, `out`, and what else somebody puts there."""

    def __init__(self, folder, lists):
        folder.mkdir(parents=True)
        self.folder, self.lists = folder, lists
        self.path = folder / "L"

    def command(self, name, workbook, *arguments):
        return (name, workbook, *self.lists, *TODAY, "--ledger", self.path, *arguments)

    def upload(self, workbook, name="out", *arguments, before=(), **options):
        """The process of an import into a folder of this name; `before` is what starts it."""
        command = self.command("import", workbook, *arguments, "-o", self.folder / name)
        return self._run(command, before, options)

    def check(self, workbook, *arguments, before=(), **options):
        """The process of a check."""
        command = self.command("check", workbook, "--format", "json", *arguments)
        return self._run(command, before, options)

    def _run(self, command, before, options):
        options.setdefault("env", ENVIRONMENT)
        first, *rest = (*before, FASTEST)
        return run(*rest, *command, binary=first, **options)

    def counts(self, workbook):
        """What a check counts: (to be accepted, unchanged)."""
        done = self.check(workbook)
        assert done.returncode in (0, 1), done.stderr
        counts = json.loads(done.stdout)["counts"]
        return counts["accepted"], counts["unchanged"]

    def rows(self, sql, *arguments):
        """What a query finds, read only."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            return database.execute(sql, arguments).fetchall()

    def change(self, sql):
        """Changes the ledger behind Rowgate's back, and leaves it without a log."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as database:
            database.execute(sql)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def files(self):
        """What is there of the ledger, and what is in it; not what readers share in memory."""
        return {path: path.read_bytes() for path in self.folder.glob("L*")
                if path.is_file() and not path.name.endswith("-shm")
                # A log without a byte is what readers leave.
                and not (path.name.endswith("-wal") and path.stat().st_size == 0)}

    def assert_whole(self, folders):
        """The ledger is sound, nothing is under way, and it has what its folders have, no less and
        no more."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)], "the ledger is damaged"
        assert self.rows("PRAGMA foreign_key_check") == [], "the ledger contradicts itself"
        under_way = self.rows("SELECT * FROM outcomes")
        assert under_way == [], f"still under way: {under_way}"
        own = {"L", "L-wal", "L-shm", "L.lock", "L.files"}
        odd = {path.name for path in self.folder.iterdir()} - own ^ set(folders)
        assert odd == set(), f"outcomes too many or too few: {odd}"
        names = {name for name, in self.rows("SELECT name FROM attempts")}
        kept = {path.name: contents(path) for path in (self.folder / "L.files").glob("*")}
        orphans, lost = kept.keys() - names, names - kept.keys()
        assert not orphans, f"kept of nothing: {[sorted(kept[each]) for each in orphans]}"
        assert not lost, f"kept files of {len(lost)} uploads are lost"
        assert all(set(files) == KEPT for files in kept.values()), "kept in part"
        counted = self.rows("SELECT count(*) FROM operations")
        lines = sum(files["operations.tsv"].count(b"\n") for files in kept.values())
        assert counted == [(lines,)], "kept are other steps than the ledger has"
