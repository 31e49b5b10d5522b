"""What is on the disk after the power went: writes that nobody waited for are there, are not, or are
there in part, in any order. The ledger is sound then, an upload was accepted as a whole or not at
all, and what was told to be accepted is.

The calls of one upload are written down with their bytes; disks as they may be left are made of
them, each by lot with a seed of its own.
"""

import ast
import random
import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from faults import NO_STRACE
from ledgers import Ledger, book, company, names_of
from universal import has_strace

COMPANIES = [company(f"c{at:03}") for at in range(60)]
FIRST_COUNT = 20
IMAGES_COUNT = 1_200
SECTOR = 512
CALLS = "pwrite64,ftruncate,fsync,fdatasync,unlink,rename"


class Disk:
    """The ledger's files as they were before an upload, and what the upload did to them."""

    def __init__(self, folder):
        lists = names_of(folder, COMPANIES)
        self.ledger = Ledger(folder / "ledger", lists)
        first = book(folder / "first.xlsx", COMPANIES[:FIRST_COUNT])
        assert self.ledger.upload(first, "first").returncode == 0
        self.before = {"L": self.ledger.path.read_bytes()}
        second = book(folder / "second.xlsx", COMPANIES[FIRST_COUNT:])
        log = folder / "log"
        done = self.ledger.upload(
            second, before=("strace", "-ff", "-qq", "-y", "-xx", "-s", "10000000", "-o", log,
                            "-e", f"trace={CALLS}"))
        assert done.returncode == 0, done.stderr
        [main] = [path for path in folder.glob("log.*") if b"pwrite64" in path.read_bytes()]
        self.calls = [call for line in main.read_text().splitlines() for call in self.read(line)]

    def read(self, line):
        """(what, file, …) of a call that changes the ledger, or tells people of it."""
        call = re.match(r'(\w+)\((?:\d+<([^>]*)>)?(.*)\) += (-?\d+)', line)
        if not call or call[4].startswith("-"):
            return
        name, path, rest = call[1], bytes.fromhex(
            (call[2] or "").replace("\\x", "")).decode(), call[3]
        texts = [ast.literal_eval(f'b"{text}"') for text in re.findall(r'"((?:\\x\w\w)*)"', rest)]
        own = path.removeprefix(f"{self.ledger.path.parent}/")
        if name == "rename" and texts[-1].decode().endswith("/out"):
            yield ("told", None)
        elif name == "unlink" and texts[0].decode() == f"{self.ledger.path}-wal":
            yield ("unlink", "L-wal")
        elif own not in ("L", "L-wal"):
            return
        elif name == "pwrite64":
            offset = int(rest.rsplit(", ", 1)[1])
            yield ("write", own, offset, texts[0])
        elif name == "ftruncate":
            yield ("truncate", own, int(rest.removeprefix(", ")))
        elif name in ("fsync", "fdatasync"):
            yield ("sync", own)

    def image(self, lot):
        """Files as they may be left, and whether the upload had been told to be accepted."""
        files = {name: bytearray(data) for name, data in self.before.items()}
        waiting, is_told = [], False
        for call in self.calls[:lot.randrange(len(self.calls) + 1)]:
            if call[0] == "told":
                is_told = True
            elif call[0] == "sync":
                for each in waiting:
                    if each[1] == call[1]:
                        self.do(each, files)
                waiting = [each for each in waiting if each[1] != call[1]]
            else:
                waiting.append(call)
        if lot.random() < 0.5:
            lot.shuffle(waiting)
        for call in waiting:
            kind = lot.choice(("done", "lost", "torn"))
            if kind != "lost":
                self.do(self.torn(call, lot) if kind == "torn" else call, files)
        return files, is_told

    @staticmethod
    def torn(call, lot):
        """A part of a write: some sectors of it."""
        if call[0] != "write":
            return call
        cut = lot.randrange(0, len(call[3]) + 1, SECTOR)
        if lot.random() < 0.5:
            return (*call[:3], call[3][:cut])
        return (*call[:2], call[2] + cut, call[3][cut:])

    @staticmethod
    def do(call, files):
        name, path = call[:2]
        if name == "unlink":
            files.pop(path, None)
            return
        data = files.setdefault(path, bytearray())
        size = call[2] if name == "truncate" else call[2] + len(call[3])
        if len(data) < size:
            data.extend(bytes(size - len(data)))
        if name == "truncate":
            del data[size:]
        else:
            data[call[2]:size] = call[3]


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    return Disk(tmp_path_factory.mktemp("power"))


@pytest.mark.skipif(not has_strace(), reason=NO_STRACE)
def test_whenever_the_power_goes_the_ledger_is_sound_and_what_was_told_is_so(disk, tmp_path):
    assert [call[0] for call in disk.calls].count("told") == 1
    found = set()
    for seed in range(IMAGES_COUNT):
        files, is_told = disk.image(random.Random(seed))
        folder = tmp_path / "image"
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        with closing(sqlite3.connect(folder / "L")) as database:
            def only(sql):
                [(value,)] = database.execute(sql).fetchall()
                return value
            assert only("PRAGMA integrity_check") == "ok", seed
            assert database.execute("PRAGMA foreign_key_check").fetchall() == [], seed
            uploads = only("SELECT count(*) FROM attempts")
            records = only("SELECT count(*) FROM records WHERE state = 0")
            told = only("SELECT count(*) FROM audit WHERE action = 'accept'")
        assert (uploads, records, told) in (
            (1, FIRST_COUNT, 1), (2, len(COMPANIES), 2)), (seed, uploads, records, told)
        assert not is_told or uploads == 2, f"lost what was told: {seed}"
        found.add((is_told, uploads))
        shutil.rmtree(folder)
    assert found == {(False, 1), (False, 2), (True, 2)}


@pytest.mark.skipif(not has_strace(), reason=NO_STRACE)
def test_a_rowgate_that_comes_after_goes_on(disk, tmp_path):
    """The next command reads the ledger that is left, whatever is left."""
    for seed in range(0, IMAGES_COUNT, 60):
        files, _ = disk.image(random.Random(seed))
        folder = tmp_path / f"{seed}"
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        ledger = Ledger(folder / "again", disk.ledger.lists)
        for name in files:
            (folder / name).rename(ledger.folder / name)
        workbook = book(folder / "next.xlsx", COMPANIES[:1])
        done = ledger.upload(workbook, "next")
        assert done.returncode == 0, (seed, done.stderr)
        assert ledger.rows("SELECT state FROM operations WHERE attempt > 2") == []
