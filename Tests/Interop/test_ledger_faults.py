"""Whatever happens to a process or its disk while an upload is accepted: after the next command the
ledger and its files agree, and the upload is accepted as a whole or not at all.

A process is killed at each call that changes something on the disk, from the first one that touches
the ledger. What only reads is left out, and locks by `fcntl`: the kernel takes those back.
"""

import re
import shutil

import pytest

from driver import contents
from faults import (
    DISK, NO_SPACES, NO_STRACE, at_once, calls, failing, full_disk, has_spaces, killing, spread,
    tracing)
from ledgers import Ledger, book, company, names_of
from universal import has_strace

COMPANIES = [company(f"c{at:03}") for at in range(21)]
WRONG = company("c021", "nobody")
GOOD_COUNT = len(COMPANIES) - 1
needs_strace = pytest.mark.skipif(not has_strace(), reason=NO_STRACE)
PAGES_COUNT, OTHERS_COUNT = 8, 16
# More than any command makes.
CALLS_MAX = 60_000


class Uploads:
    """A workbook with a wrong row, the one that comes next, and what comes of the first one when
    nothing happens: once, and when it is uploaded again."""

    def __init__(self, folder):
        self.folder = folder
        self.lists = names_of(folder, [*COMPANIES, WRONG])
        self.book = book(folder / "customers.xlsx", [*COMPANIES[1:], WRONG])
        self.next = book(folder / "next.xlsx", COMPANIES[:1])
        self.calm = self.ledger("calm")
        self.whole, self.calls = self.watched("first")
        assert self.calm.upload(self.next, "next").returncode == 0
        self.counts = self.calm.counts(self.book)
        assert self.counts == (0, GOOD_COUNT)
        self.again, self.calls_again = self.watched("again")

    def watched(self, name):
        """What an upload leaves, and the calls that it makes."""
        log = self.folder / f"{name}.log"
        done = self.calm.upload(self.book, before=tracing(log) if has_strace() else ())
        assert done.returncode == 1, done.stderr
        found = calls(log, str(self.calm.path)) if has_strace() else []
        return contents(self.calm.folder / "out"), found

    def ledger(self, name):
        return Ledger(self.folder / name, self.lists)

    def assert_agrees(self, ledger, before=()):
        """Whether the upload is accepted, after the next command; all agree on that."""
        done = ledger.upload(self.next, "next", before=before)
        assert done.returncode == 0, done.stderr
        counts, is_there = ledger.counts(self.book), (ledger.folder / "out").exists()
        ledger.assert_whole({"next", "out"} if is_there else {"next"})
        if is_there:
            assert contents(ledger.folder / "out") == self.whole
            assert counts == (0, GOOD_COUNT)
        else:
            assert counts == (GOOD_COUNT, 0)
        attempts = [("next.xlsx", 1), *([("customers.xlsx", GOOD_COUNT)] if is_there else [])]
        found = ledger.rows(
            "SELECT workbook, count(records.id) FROM attempts "
            "LEFT JOIN records ON records.attempt = attempts.id GROUP BY workbook")
        assert sorted(found) == sorted(attempts)
        return is_there


@pytest.fixture(scope="module")
def uploads(tmp_path_factory):
    return Uploads(tmp_path_factory.mktemp("uploads"))


def told(call):
    """A fault's place, for people."""
    return f"{call.name} {call.number}: {call.line[:120]}"


def survey(cases, body):
    """What a check of each case returns; those that fail are told together, by their place."""
    wrong = []

    def checked(case):
        try:
            return body(*case)
        except AssertionError as error:
            wrong.append(f"{told(case[0])} {case[1:]}: {str(error)[:400]}")
            return None

    found = at_once(checked, cases)
    assert wrong == [], "\n".join(wrong)
    return found


# Killed


@needs_strace
def test_killed_at_any_call_an_upload_is_accepted_whole_or_not_at_all(uploads):
    def check(call):
        ledger = uploads.ledger(f"killed-{call.name}-{call.number}")
        done = ledger.upload(uploads.book, before=killing(call))
        assert done.returncode == -9, done.stderr
        is_accepted = uploads.assert_agrees(ledger)
        shutil.rmtree(ledger.folder)
        return is_accepted

    accepted = survey([(call,) for call in uploads.calls], check)
    # Once it is accepted it stays so, whenever the end comes.
    assert accepted == sorted(accepted) and set(accepted) == {False, True}


@needs_strace
def test_killed_while_an_outcome_is_replaced_one_of_both_is_there_whole(uploads):
    def check(call):
        ledger = uploads.ledger(f"again-{call.name}-{call.number}")
        assert ledger.upload(uploads.book).returncode == 1
        assert ledger.upload(uploads.next, "next").returncode == 0
        assert ledger.upload(uploads.book, before=killing(call)).returncode == -9
        # The next command has nothing to do with that upload.
        assert ledger.upload(uploads.next, "next").returncode == 0
        (tries,), = ledger.rows("SELECT count(*) FROM attempts WHERE workbook = 'customers.xlsx'")
        ledger.assert_whole({"next", "out"})
        assert contents(ledger.folder / "out") == (uploads.whole, uploads.again)[tries - 1]
        assert ledger.counts(uploads.book) == uploads.counts
        shutil.rmtree(ledger.folder)
        return tries

    folders = [call for call in uploads.calls_again
               if call.name in ("rename", "mkdir", "rmdir", "unlink") and "/out" in call.line]
    tries = survey([(call,) for call in folders], check)
    assert tries == sorted(tries) and set(tries) == {1, 2}


@needs_strace
@pytest.mark.skipif(not has_spaces(), reason=NO_SPACES.format("a process id that comes again"))
def test_what_a_killed_process_left_is_finished_by_one_of_the_same_id(uploads):
    def check(call):
        ledger = uploads.ledger(f"same-{call.name}-{call.number}")
        # As in a container, where the first process has the same id every time.
        space = ("unshare", "-r", "--pid", "--fork")
        ledger.upload(uploads.book, before=(*space, *killing(call)))
        never = call._replace(number=CALLS_MAX)
        is_accepted = uploads.assert_agrees(ledger, before=(*space, *killing(never)))
        shutil.rmtree(ledger.folder)
        return is_accepted

    renames = [call for call in uploads.calls if call.name == "rename"]
    found = survey([(call,) for call in renames[::3]], check)
    assert set(found) == {False, True}


# Disks that are full or broken


@needs_strace
def test_what_is_accepted_is_on_the_disk_before_the_outcome_is_there(uploads):
    waiting, is_there = set(), False
    for call in uploads.calls:
        path = re.match(r"\d+<(/.*?)>", call.line) or [None, ""]
        if call.name == "rename" and call.line.endswith('/out") = 0'):
            is_there = True
            assert waiting == set()
        elif call.name in ("write", "pwrite64") and str(uploads.folder) in path[1]:
            waiting.add(path[1])
        elif call.name in ("fsync", "fdatasync"):
            waiting.discard(path[1])
        # What readers share is made anew after a crash.
        waiting = {each for each in waiting if not each.endswith("-shm")}
    assert is_there and waiting == set()


@needs_strace
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("goes_on", [False, True], ids=["once", "from-then-on"])
def test_a_disk_that_fails_ends_in_73_with_nothing_half_done(uploads, error, goes_on):
    def check(call):
        ledger = uploads.ledger(f"{error}-{goes_on}-{call.name}-{call.number}")
        fault = failing(call, error, uploads.calls if goes_on else ())
        done = ledger.upload(uploads.book, before=fault)
        is_there = (ledger.folder / "out").exists()
        is_accepted = uploads.assert_agrees(ledger)
        shutil.rmtree(ledger.folder)
        # What is done without is no loss, as tidying up: then all is there at once.
        assert done.returncode == 73 or (done.returncode == 1 and is_there and is_accepted)
        assert not (is_accepted and "Nothing was" in done.stderr), f"accepted: {done.stderr}"
        return done.returncode

    disk = [call for call in uploads.calls
            if call.name in DISK and not re.match(r"[12]\D", call.line)]
    # Pages are many; whether they are on the disk is asked rarely, and matters most.
    synced = [call for call in disk if call.name == "fdatasync"]
    pages = [call for call in disk if call.name == "pwrite64"]
    others = [call for call in disk if call not in synced and call not in pages]
    offset = (error == "EIO") / 2 + goes_on / 4
    found = survey([
        (call,) for call in
        synced + spread(pages, PAGES_COUNT, offset) + spread(others, OTHERS_COUNT, offset)], check)
    assert 73 in found


@pytest.mark.skipif(not has_spaces(), reason=NO_SPACES.format("a full disk"))
def test_a_full_disk_ends_in_73_with_nothing_half_done(uploads):
    def check(size):
        ledger, copy = uploads.ledger(f"full-{size}"), uploads.folder / f"copy-{size}"
        done = ledger.upload(uploads.book, before=full_disk(ledger.folder, size, copy))
        shutil.copytree(copy, ledger.folder, dirs_exist_ok=True)
        is_there = (ledger.folder / "out").exists()
        is_accepted = uploads.assert_agrees(ledger)
        assert done.returncode == 73 or (done.returncode == 1 and is_there and is_accepted)
        assert not (is_accepted and "Nothing was" in done.stderr), done.stderr
        return done.returncode

    found = at_once(check, range(8, 808, 40))
    assert set(found) == {1, 73}
