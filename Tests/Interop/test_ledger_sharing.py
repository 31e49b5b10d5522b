"""A ledger that many use at the same time, or that nobody can: who owns what, and what is said."""

import json
import random
import re
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from driver import errors
from faults import NO_SPACES, NO_STRACE, at_once, delaying, has_spaces, read_only
from ledgers import Ledger, book, company, names_of
from universal import SLOWNESS, has_strace

UPLOADS_COUNT, ADDRESSES_COUNT, ROWS_COUNT, AT_ONCE = 100, 60, 6, 20
TRY_AGAIN = 75
COMPANIES = [company(f"c{at:03}") for at in range(40)]


class Crowd:
    """A ledger to which a hundred workbooks with the same few addresses were uploaded, many at a
    time."""

    def __init__(self, folder):
        draw = random.Random(6)
        addresses = [f"ann@a{at:02}.example" for at in range(ADDRESSES_COUNT)]
        self.rows = [
            [company(f"w{at:02}x{row}", address)
             for row, address in enumerate(draw.sample(addresses, ROWS_COUNT))]
            for at in range(UPLOADS_COUNT)]
        self.ledger = Ledger(folder / "place", names_of(folder, sum(self.rows, [])))
        self.books = [book(folder / f"w{at}.xlsx", rows) for at, rows in enumerate(self.rows)]
        self.done = at_once(self.upload, range(UPLOADS_COUNT), AT_ONCE)

    def upload(self, at):
        return self.ledger.upload(self.books[at], f"out{at}", "--by", f"user{at}")

    def accepted(self):
        """Those that did not lose all the time."""
        return [at for at, done in enumerate(self.done) if done.returncode != TRY_AGAIN]

    def report(self, at):
        return json.loads((self.ledger.folder / f"out{at}/report.json").read_text())

    def owners(self):
        """Of each address: which upload, of what, when and by whom, as people are told it."""
        return {
            address.decode(): f"#{number}.{attempt} {workbook} ({time[:10]}, {actor})"
            for address, number, attempt, workbook, time, actor in self.ledger.rows(
                "SELECT value, number, attempts.attempt, workbook, time, actor FROM lookups "
                "JOIN records ON records.id = lookups.record "
                "JOIN attempts ON attempts.id = records.attempt WHERE lookups.name = 'email'")}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    return Crowd(tmp_path_factory.mktemp("crowd"))


def test_each_of_many_uploads_at_once_ends_well(crowd):
    odd = [done for done in crowd.done if done.returncode not in (0, 1, TRY_AGAIN)]
    assert odd == [], odd[0].stderr
    assert crowd.accepted()
    for at, done in enumerate(crowd.done):
        assert (crowd.ledger.folder / f"out{at}").exists() == (done.returncode != TRY_AGAIN)


def test_each_address_has_exactly_one_owner(crowd):
    counts = crowd.ledger.rows(
        "SELECT value, count(*) FROM lookups WHERE name = 'email' GROUP BY value")
    assert [each for each in counts if each[1] != 1] == []
    wanted = {row[1] for at in crowd.accepted() for row in crowd.rows[at]}
    assert set(crowd.owners()) == wanted


def test_what_lost_says_who_has_the_address_and_since_when(crowd):
    owners, lost = crowd.owners(), 0
    for at in crowd.accepted():
        report = crowd.report(at)
        assert {code for _, code in errors(report)} <= {"email.taken"}
        for finding in report["findings"]:
            if finding["severity"] == "error":
                lost += 1
                address = crowd.rows[at][finding["row"] - 2][1]
                assert owners[address] in finding["message"]
    assert lost > 0


def test_what_reports_accepted_is_what_is_remembered(crowd):
    counts = [crowd.report(at)["counts"] for at in crowd.accepted()]
    assert all(each["rows"] == ROWS_COUNT for each in counts)
    assert [(sum(each["accepted"] for each in counts),)] == crowd.ledger.rows(
        "SELECT count(*) FROM records")
    numbers = crowd.ledger.rows("SELECT number, attempt FROM attempts ORDER BY number")
    assert numbers == [(at, 1) for at in range(1, len(counts) + 1)]
    crowd.ledger.assert_whole({f"out{at}" for at in crowd.accepted()})


@pytest.mark.skipif(not has_strace(), reason=NO_STRACE)
def test_nothing_is_tidied_up_that_was_accepted_meanwhile(tmp_path):
    ledger = Ledger(tmp_path / "place", names_of(tmp_path, COMPANIES))
    first, second = (book(tmp_path / f"{at}.xlsx", [COMPANIES[at]]) for at in (0, 1))
    assert ledger.upload(book(tmp_path / "2.xlsx", [COMPANIES[2]]), "earlier").returncode == 0
    with ThreadPoolExecutor(1) as thread:
        # One has begun and waits; another one finds it, and looks whether it is at it still when it
        # has come to its end.
        slow = thread.submit(
            ledger.upload, first, "first", before=delaying("mkdir", SLOWNESS * 0.5))
        while not slow.done() and not ledger.rows("SELECT * FROM outcomes"):
            pass
        late = ledger.upload(second, "second", before=delaying("flock", SLOWNESS * 0.5))
    assert (slow.result().returncode, late.returncode) == (0, 0), late.stderr
    ledger.assert_whole({"earlier", "first", "second"})


def test_a_process_of_its_own_remembers_too(tmp_path):
    ledger = Ledger(tmp_path / "place", names_of(tmp_path, COMPANIES))
    one = book(tmp_path / "one.xlsx", COMPANIES[:1])
    done = ledger.upload(one, "out", "--isolated")
    assert done.returncode == 0, done.stderr
    assert ledger.counts(one) == (0, 1)
    ledger.assert_whole({"out"})


# Reading


class Shared:
    """A ledger with twenty customers of forty, all of them in its one file."""

    def __init__(self, folder):
        self.lists = names_of(folder, COMPANIES)
        self.book = book(folder / "customers.xlsx", COMPANIES)
        self.half = book(folder / "half.xlsx", COMPANIES[:20])
        self.ledger = Ledger(folder / "place", self.lists)
        assert self.ledger.upload(self.half).returncode == 0
        self.ledger.change("SELECT 1")
        self.counts = 20, 20

    def assert_refused(self, status, sentence):
        """A check and an import end so, and change nothing."""
        before = self.ledger.files()
        for done in (self.ledger.check(self.book), self.ledger.upload(self.book, "more")):
            assert done.returncode == status, done.stderr
            assert done.stdout == "" and re.search(sentence, done.stderr), done.stderr
        assert self.ledger.files() == before
        assert not [path for path in self.ledger.folder.iterdir() if "more" in path.name]


@pytest.fixture
def shared(tmp_path):
    return Shared(tmp_path)


def test_a_check_while_others_upload_sees_one_state_and_changes_nothing(tmp_path):
    ledger = Ledger(tmp_path / "place", names_of(tmp_path, COMPANIES))
    whole = book(tmp_path / "whole.xlsx", COMPANIES)
    books = [book(tmp_path / f"b{at}.xlsx", COMPANIES[at:at + 4]) for at in range(0, 40, 4)]
    assert ledger.upload(books[0], "out0").returncode == 0
    seen = [ledger.counts(whole)]
    with ThreadPoolExecutor(1) as thread:
        writing = thread.submit(lambda: [
            ledger.upload(each, f"out{at}").returncode for at, each in enumerate(books) if at])
        while not writing.done():
            seen.append(ledger.counts(whole))
    assert set(writing.result()) == {0}
    # Four at a time: an upload is seen whole, and stays.
    assert seen == sorted(seen, reverse=True)
    assert all(ready + unchanged == 40 and unchanged % 4 == 0 for ready, unchanged in seen)
    before = ledger.files()
    assert ledger.counts(whole) == (0, 40)
    assert ledger.files() == before


@pytest.mark.skipif(not has_spaces(), reason=NO_SPACES.format("a folder that cannot be changed"))
def test_a_check_in_a_read_only_folder_works_or_says_why_not(shared):
    before = shared.ledger.files()
    done = shared.ledger.check(shared.book, before=read_only(shared.ledger.folder))
    if done.returncode == 73:
        assert "can't be read" in done.stderr and "written" not in done.stderr, done.stderr
    else:
        counts = json.loads(done.stdout)["counts"]
        assert (counts["accepted"], counts["unchanged"]) == shared.counts
    assert shared.ledger.files() == before


def test_a_check_without_the_ledger_is_wrong_usage(tmp_path):
    ledger = Ledger(tmp_path / "place", names_of(tmp_path, COMPANIES))
    done = ledger.check(book(tmp_path / "customers.xlsx", COMPANIES))
    assert done.returncode == 64 and "There is no ledger" in done.stderr
    assert list(ledger.folder.iterdir()) == []


@pytest.mark.parametrize("damage", [
    lambda whole: b"Company Name;Email Address\n" * 400,
    lambda whole: whole[:len(whole) // 2],
    lambda whole: b"SQLite format 3\0" + bytes(len(whole) - 16),
    lambda whole: whole[:4096] + bytes(range(256)) * 16 + whole[8192:],
], ids=["a text", "half a ledger", "a head alone", "a page of something else"])
def test_what_is_no_ledger_is_refused_as_it_is(shared, damage):
    shared.ledger.path.write_bytes(damage(shared.ledger.path.read_bytes()))
    shared.assert_refused(73, "can't be read as a ledger")


def test_a_page_that_is_damaged_is_noticed_or_not_needed(shared):
    whole = shared.ledger.path.read_bytes()

    def check(at):
        place = shared.ledger.folder.parent / f"page{at}"
        ledger = Ledger(place, shared.lists)
        ledger.path.write_bytes(whole[:at] + bytes([0xAA]) * 4096 + whole[at + 4096:])
        done = ledger.check(shared.book)
        if done.returncode == 73:
            assert "can't be read as a ledger" in done.stderr, done.stderr
            return True
        counts = json.loads(done.stdout)["counts"]
        assert (counts["accepted"], counts["unchanged"]) == shared.counts
        return False

    found = at_once(check, range(0, len(whole), 4096))
    assert set(found) == {False, True}


def test_a_ledger_of_a_newer_version_is_refused(shared):
    shared.ledger.change("INSERT INTO grdb_migrations VALUES ('of next year')")
    shared.assert_refused(73, "newer Rowgate")


# Privacy


def test_the_ledger_and_what_it_keeps_can_be_read_by_the_owner_alone(tmp_path):
    ledger = Ledger(tmp_path / "place", names_of(tmp_path, COMPANIES))
    assert ledger.upload(book(tmp_path / "customers.xlsx", COMPANIES), umask=0).returncode == 0
    paths = [each for found in ledger.folder.glob("L*") for each in (found, *found.rglob("*"))]
    open_ones = {
        path.relative_to(ledger.folder): oct(mode) for path in paths
        for mode in [stat.S_IMODE(path.stat().st_mode)]
        if mode != (0o700 if path.is_dir() else 0o600)}
    assert open_ones == {}
    assert {"L", "L.files", "workbook.xlsx", "rows.tsv"} <= {path.name for path in paths}


def test_no_value_stands_in_the_audit(shared):
    entries = shared.ledger.rows("SELECT * FROM audit")
    assert entries
    told = json.dumps(entries).lower()
    for row in COMPANIES[:20]:
        for value in filter(None, row):
            assert value.lower() not in told, value
