"""What an upload linked to a record is not remembered: the next one may add to it all the same."""

import json

import pytest

from ledgers import Ledger, filled

ACME, HALL = "Acme", "Hall"
ANN, BOB = "ann@acme.example", "bob@acme.example"


@pytest.fixture
def ledger(tmp_path):
    """A ledger that knows a team room, whose owner was linked to it by the same upload."""
    ledger = Ledger(tmp_path / "desk", ("--portal", "close"))
    first = filled("close", tmp_path / "first.xlsx", {
        "Companies": [{"Company Name": ACME, "Customer Status": "prospect"}],
        "Contacts": [
            {"Email Address": ANN, "First Name": "Ann", "Last Name": "Lee", "Company": ACME},
            {"Email Address": BOB, "First Name": "Bob", "Last Name": "Ray", "Company": ACME}],
        "Rooms": [{"Company": ACME, "Room Name": HALL, "Product Type": "team room",
                   "Room Status": "demo"}],
        "Hosts": [{"Company": ACME, "Room": HALL, "Host": ANN, "Owner": "Yes"}]})
    done = ledger.upload(first, "first")
    assert done.returncode == 0, done.stderr
    return ledger


def codes(ledger, name):
    report = json.loads((ledger.folder / name / "report.json").read_text(encoding="utf-8"))
    return [each["code"] for each in report["findings"] if each["severity"] == "error"]


def test_a_room_whose_owner_is_not_remembered_gets_another_host(ledger, tmp_path):
    second = filled("close", tmp_path / "second.xlsx", {
        "Hosts": [{"Company": ACME, "Room": HALL, "Host": BOB, "Owner": "No"}]})
    done = ledger.upload(second, "second")
    assert done.returncode == 0, codes(ledger, "second")


def test_a_new_room_still_needs_its_owner(ledger, tmp_path):
    second = filled("close", tmp_path / "second.xlsx", {
        "Rooms": [{"Company": ACME, "Room Name": "Yard", "Product Type": "team room",
                   "Room Status": "demo"}],
        "Hosts": [{"Company": ACME, "Room": "Yard", "Host": BOB, "Owner": "No"}]})
    assert ledger.upload(second, "second").returncode == 1
    assert "count.too_few" in codes(ledger, "second")
