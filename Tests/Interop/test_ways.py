"""A company is one, whichever way it came: what was made by the form or through NetSapiens is known
on every sheet, stays on the one it came by, and is changed and taken back from any."""

import json

import openpyxl
import pytest

from driver import operations, run
from ledgers import ENVIRONMENT, Ledger, filled

FORM, CEDAR = "acme.1.service", "cedar.1.service"
PLATFORM = "Luminate Wholesale"


@pytest.fixture
def ledger(tmp_path):
    """A ledger that knows a company of the form, and one that came through NetSapiens."""
    names = tmp_path / "names.txt"
    names.write_text(f"{FORM}\n{CEDAR}\nbirch.1.service\n")
    ledger = Ledger(tmp_path / "desk", ("--portal", "studio", "--domains", names))
    done = ledger.upload(filled("studio", tmp_path / "first.xlsx", {
        "Portal form": [form(FORM, Package="Free")],
        "Through NetSapiens": [user(CEDAR, "office@cedar.example")]}), "first")
    assert done.returncode == 0, done.stderr
    return ledger


def form(name, **more):
    return {"Company Name": name, "Platform": PLATFORM, **more}


def user(name, address, **more):
    return {"Company Name": name, "User": "100", "First Name": "Carol", "Last Name": "Diaz",
            "Email Address": address, **more}


def told(ledger, name):
    report = json.loads((ledger.folder / name / "report.json").read_text(encoding="utf-8"))
    return [f"{each['sheet']} {each['code']}" for each in report["findings"]
            if each["severity"] == "error" or each["code"].startswith("record")]


def exported(ledger, path):
    """The companies of an export by sheet: name, address and package."""
    done = run("export", "studio", "--ledger", ledger.path, "-o", path, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    workbook = openpyxl.load_workbook(path)
    found = {}
    for name in ("Customers", "Portal form", "Through NetSapiens"):
        titles = [cell.value for cell in workbook[name][1]]
        for cells in workbook[name].iter_rows(min_row=2, values_only=True):
            row = dict(zip(titles, cells))
            if row["Company Name"]:
                found.setdefault(name, []).append(
                    (row["Company Name"], row["Email Address"], row["Package"]))
    return found


def test_a_company_is_changed_on_another_sheet_and_stays_on_its_own(ledger, tmp_path):
    changes = filled("studio", tmp_path / "changes.xlsx", {"Customers": [
        {"Company Name": CEDAR, "Package": "Gold", "Email Address": "new@cedar.example",
         "Action": "Update"},
        {"Company Name": FORM, "First Name": "Ann", "Action": "Update"}]})
    done = ledger.upload(changes, "second")
    assert done.returncode == 0, told(ledger, "second")
    made = {each["id"] for each in operations(ledger.folder / "second")}
    assert made == {f"studio.company.update/{CEDAR}", f"studio.company.update/{FORM}",
                    "studio.packages", "studio.messaging"}
    assert exported(ledger, tmp_path / "known.xlsx") == {
        "Portal form": [(FORM, None, "Free")],
        "Through NetSapiens": [(CEDAR, "new@cedar.example", "Gold")]}
    # The same again says nothing new, and nobody else gets the address.
    again = filled("studio", tmp_path / "again.xlsx", {
        "Customers": [{"Company Name": CEDAR, "Package": "Gold", "Action": "Update"}],
        "Portal form": [form("birch.1.service", **{"Email Address": "NEW@cedar.example"})]})
    assert ledger.upload(again, "third").returncode == 1
    assert told(ledger, "third") == ["Customers record.unchanged", "Portal form email.taken"]


def test_adding_it_again_orders_its_package_and_nothing_else(ledger, tmp_path):
    again = filled("studio", tmp_path / "again.xlsx", {
        "Portal form": [form(FORM, Package="Gold")],
        "Through NetSapiens": [user(CEDAR, "office@cedar.example", Package="Gold")]})
    done = ledger.upload(again, "second")
    assert done.returncode == 0, told(ledger, "second")
    made = {each["id"]: each for each in operations(ledger.folder / "second")}
    assert set(made) == {"studio.packages", "studio.messaging"}
    assert [each["package"] for each in made["studio.packages"]["list"]] == ["Gold", "Gold"]
    assert [row[-1] for rows in exported(ledger, tmp_path / "known.xlsx").values()
            for row in rows] == ["Gold", "Gold"]


def test_what_another_sheet_changed_is_called_off_by_its_own_row(ledger, tmp_path):
    change = filled("studio", tmp_path / "change.xlsx", {"Customers": [
        {"Company Name": CEDAR, "Email Address": "new@cedar.example", "Action": "Update"}]})
    assert ledger.upload(change, "second").returncode == 0
    done = run("undo", "2.1", "--confirm", "--ledger", ledger.path, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    assert exported(ledger, tmp_path / "known.xlsx")["Through NetSapiens"] == [
        (CEDAR, "office@cedar.example", None)]
