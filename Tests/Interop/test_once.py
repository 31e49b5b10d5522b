"""What is done once for many rows changes records as well: refused or taken back, they are as they
were before, and the next upload asks for it again."""

import openpyxl
import pytest

from driver import operations, run
from ledgers import ENVIRONMENT, filled
from test_ways import CEDAR, FORM, PLATFORM, exported, form, ledger, told  # noqa: F401

BIRCH = "birch.1.service"
NEW = "new@cedar.example"


def customer(name, **more):
    return {"Company Name": name, **more}


def update(name, **more):
    return customer(name, Action="Update", **more)


def birch(**more):
    return customer(BIRCH, Platform=PLATFORM, **{
        "First Name": "Bo", "Last Name": "Lee", "Email Address": "bo@birch.example"}) | more


# The rows of an upload, and the packages of companies that the portal has by it.
DEEDS = {
    "updated": ({"Customers": [update(CEDAR, Package="Gold"), update(FORM, Package="Gold")]},
                {CEDAR: "Gold", FORM: "Gold"}),
    "added again": ({"Portal form": [form(FORM, Package="Gold")]}, {FORM: "Gold"}),
    "beside its own step": ({"Customers": [update(CEDAR, Package="Gold", **{
        "Email Address": NEW})]}, {CEDAR: "Gold"}),
    "taken away": ({"Customers": [update(FORM, Package="(clear)")]}, {FORM: None}),
    "new": ({"Customers": [birch(Package="Gold")]}, {BIRCH: "Gold"}),
}


@pytest.fixture(params=DEEDS)
def deed(request, ledger, tmp_path):
    """Takes an upload. Gives back what it makes of packages."""
    rows, packages = DEEDS[request.param]
    take(ledger, tmp_path, rows, "second")
    ledger.before = {CEDAR: None, FORM: "Free"}
    assert known(ledger, tmp_path) == ledger.before | packages
    return rows, packages


def take(ledger, tmp_path, rows, name, code=0):
    done = ledger.upload(filled("studio", tmp_path / f"{name}.xlsx", rows), name)
    assert done.returncode == code, (done.stderr, told(ledger, name))
    return {each["operation"] for each in operations(ledger.folder / name)}


def say(ledger, *command):
    done = run(*command, "--ledger", ledger.path, env=ENVIRONMENT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def known(ledger, tmp_path, column=2):
    return {row[0]: row[column]
            for rows in exported(ledger, tmp_path / "known.xlsx").values() for row in rows}


def without(ledger, packages):
    """What the portal has once nobody sets these."""
    return ledger.before | {name: ledger.before.get(name) for name in packages}


def test_refused_it_is_as_if_nobody_had_asked_and_comes_back_with_the_refusal(
        ledger, deed, tmp_path):
    rows, packages = deed
    refused = tmp_path / "refused.xlsx"
    for _ in range(2):
        say(ledger, "done", "2.1", "studio.packages", "--refused", "--note", "No such package",
            "--rejected", refused)
        assert known(ledger, tmp_path) == without(ledger, packages)
        # Its rows come back, with the portal's words.
        book = openpyxl.load_workbook(refused)
        found = [cells for sheet in rows for cells in
                 book[sheet].iter_rows(min_row=2, values_only=True) if cells[0]]
        assert {cells[0] for cells in found} == set(packages)
        assert all("No such package" in str(cells) for cells in found)
        say(ledger, "done", "2.1", "studio.packages", "--ready")
        assert known(ledger, tmp_path) == ledger.before | packages


def test_refused_it_is_asked_for_again_by_the_next_upload(ledger, deed, tmp_path):
    rows, packages = deed
    say(ledger, "done", "2.1", "studio.packages", "--refused", "--rejected", tmp_path / "r.xlsx")
    assert take(ledger, tmp_path, rows, "third") >= {"studio.packages"}
    assert known(ledger, tmp_path) == ledger.before | packages
    # Somebody else has asked for it by then: the refusal stays.
    done = run("done", "2.1", "studio.packages", "--ready", "--ledger", ledger.path,
               env=ENVIRONMENT)
    assert done.returncode == 64 and "row 2" in done.stderr


def test_taken_back_it_is_as_if_nobody_had_asked(ledger, deed, tmp_path):
    rows, packages = deed
    assert all("called off" in line for line in say(ledger, "undo", "2.1").splitlines())
    say(ledger, "undo", "2.1", "--confirm")
    assert ledger.rows("SELECT DISTINCT state FROM operations JOIN attempts ON attempts.id = "
                       "operations.attempt WHERE number = 2") == [(6,)]
    assert known(ledger, tmp_path) == ledger.before
    assert take(ledger, tmp_path, rows, "third") >= {"studio.packages"}


def test_what_the_portal_did_is_taken_back_by_the_same_step(ledger, tmp_path):
    take(ledger, tmp_path, {"Customers": [birch()]}, "second")
    take(ledger, tmp_path, {"Customers": [update(BIRCH, Package="Gold")]}, "third")
    for number in (2, 3):
        say(ledger, "done", f"{number}.1")
    [line] = say(ledger, "undo", "3.1").splitlines()
    assert "gets back what it said before" in line
    say(ledger, "undo", "3.1", "--confirm", "-o", tmp_path / "undo")
    made = {each["operation"]: each for each in operations(tmp_path / "undo")}
    assert [each["name"] for each in made["studio.packages"]["list"]] == [BIRCH]
    assert known(ledger, tmp_path)[BIRCH] is None


@pytest.mark.parametrize("refused, left", [
    ("studio.packages", (NEW, None)), ("studio.company.update", ("office@cedar.example", "Gold"))])
def test_of_a_row_with_a_step_of_its_own_each_step_has_its_part(ledger, tmp_path, refused, left):
    take(ledger, tmp_path, DEEDS["beside its own step"][0], "second")
    say(ledger, "done", "2.1", refused, "--refused", "--rejected", tmp_path / "r.xlsx")
    assert (known(ledger, tmp_path, 1)[CEDAR], known(ledger, tmp_path)[CEDAR]) == left
    say(ledger, "done", "2.1", refused, "--ready")
    assert (known(ledger, tmp_path, 1)[CEDAR], known(ledger, tmp_path)[CEDAR]) == (NEW, "Gold")


def test_a_company_that_was_added_stays_without_the_package_that_is_called_off(ledger, tmp_path):
    take(ledger, tmp_path, {"Customers": [birch(Package="Gold")]}, "second")
    say(ledger, "done", "2.1", "studio.company.create")
    told = say(ledger, "undo", "2.1").splitlines()
    assert len(told) == 2 and sum("called off" in line for line in told) == 1
    say(ledger, "undo", "2.1", "--confirm")
    assert known(ledger, tmp_path)[BIRCH] is None


def test_one_that_is_refused_and_comes_back_has_what_was_set_meanwhile(ledger, tmp_path):
    take(ledger, tmp_path, {"Customers": [birch()]}, "second")
    take(ledger, tmp_path, {"Customers": [update(BIRCH, Package="Gold")]}, "third")
    refused = "--refused", "--rejected", tmp_path / "r.xlsx"
    say(ledger, "done", "2.1", "studio.company.create", *refused)
    assert BIRCH not in known(ledger, tmp_path)
    say(ledger, "done", "2.1", "studio.company.create", "--ready")
    assert known(ledger, tmp_path)[BIRCH] == "Gold"
    say(ledger, "done", "3.1", "studio.packages", *refused)
    assert known(ledger, tmp_path)[BIRCH] is None
