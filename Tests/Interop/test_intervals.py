"""A portal takes an invitation to the same company only once an hour: a second one is accepted, and
waits. What was asked for when stands in the ledger."""

import datetime
import json
import re

import pytest
from openpyxl import Workbook

from driver import ROOT, run
from ledgers import Ledger

RAINBOW = ROOT / "Fixtures/rainbow"
LISTS = ("--portal", "rainbow", "--list", f"companies={RAINBOW / 'companies.txt'}")
INVITE = "rainbow.company.invite"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def ledger(tmp_path):
    """A ledger to which an invitation of Corner Cafe was uploaded just now."""
    ledger = Ledger(tmp_path / "desk", LISTS)
    done = ledger.upload(book(tmp_path / "first.xlsx", ["Corner Cafe"]), "first")
    assert done.returncode == 0, done.stderr
    return ledger


@pytest.fixture
def second(tmp_path):
    return book(tmp_path / "second.xlsx", ["Kiosk", "Corner Cafe", "Larch Lane", "Dune Hotels"])


def book(path, companies):
    """A workbook that invites companies."""
    workbook = Workbook()
    workbook.active.title = "Existing companies"
    for row in [("Company", "Status"), *((name, None) for name in companies)]:
        workbook.active.append(row)
    workbook.save(path)
    return path


def invitations(ledger, name):
    """By company, what is done for it."""
    lines = (line for path in sorted((ledger.folder / name).glob("batch-*.jsonl"))
             for line in path.read_text(encoding="utf-8").splitlines())
    made = (json.loads(line) for line in lines)
    return {each["key"][0]: each for each in made if each["operation"] == INVITE}


def held(report):
    return [each for each in report["findings"] if each["code"] == "batch.held"]


def time_of(ledger, name):
    return ledger.rows("SELECT time FROM attempts WHERE folder LIKE ?", f"%{name}")[0][0]


def test_a_company_is_the_same_by_its_name_and_its_reference(tmp_path):
    companies = tmp_path / "companies.csv"
    companies.write_text(
        "Company Name;Customer Reference\nSolo;S-1\nDuo;D-1\nTrio;T-1\n", encoding="utf-8")
    ledger = Ledger(
        tmp_path / "desk", ("--portal", "rainbow", "--list", f"companies={companies}"))
    for name, asked in [("first", ["Solo", "D-1"]), ("second", ["S-1", "Duo", "Trio"])]:
        done = ledger.upload(book(tmp_path / f"{name}.xlsx", asked), name)
        assert done.returncode == 0, done.stderr
    made = invitations(ledger, "second")
    assert [name for name, each in made.items() if "held" in each] == ["S-1", "Duo"]


def test_the_first_invitation_waits_for_nothing(ledger):
    made = invitations(ledger, "first")["Corner Cafe"]
    assert "held" not in made and "heldUntil" not in made


def test_a_second_one_within_an_hour_is_accepted_and_waits(ledger, second):
    done = ledger.upload(second, "second")
    assert done.returncode == 0, done.stderr
    report = json.loads((ledger.folder / "second/report.json").read_text(encoding="utf-8"))
    first = datetime.datetime.fromisoformat(time_of(ledger, "first"))
    end = (first + HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = invitations(ledger, "second")
    assert made["Corner Cafe"]["held"] == "interval"
    assert made["Corner Cafe"]["heldUntil"] == end
    assert all("held" not in each for name, each in made.items() if name != "Corner Cafe")
    finding, = held(report)
    assert (finding["severity"], finding["cell"]) == ("warning", "A3")
    assert "once an hour" in finding["message"]
    assert f"{end[:10]}, {end[11:16]} UTC" in finding["message"]
    manifest = json.loads((ledger.folder / "second/manifest.json").read_text(encoding="utf-8"))
    assert manifest["held"] == 1
    assert ledger.rows("SELECT held_until FROM operations WHERE held = 1") == [(end,)]


def test_a_check_says_so_in_german_with_german_days(ledger, second):
    report = json.loads(ledger.check(second, "--lang", "de").stdout)
    finding, = held(report)
    assert re.search(r"nur einmal in der Stunde .*: A3\. Sie wartet bis \d\d\.\d\d\.\d{4}, \d\d:\d\d"
                     r" UTC", finding["message"]), finding["message"]


@pytest.mark.parametrize("minutes, count", [(59, 1), (61, 0)])
def test_after_an_hour_nothing_waits(minutes, count, ledger, second):
    ledger.change(
        f"UPDATE attempts SET time = strftime('%Y-%m-%dT%H:%M:%SZ', time, '-{minutes} minutes')")
    assert len(held(json.loads(ledger.check(second).stdout))) == count


def test_what_was_refused_was_no_invitation(ledger, second):
    ledger.change("UPDATE operations SET state = 3")
    assert held(json.loads(ledger.check(second).stdout)) == []


def test_without_a_history_nothing_is_known_of_it(second):
    done = run("check", second, *LISTS, "--format", "json")
    assert held(json.loads(done.stdout)) == []
