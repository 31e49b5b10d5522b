"""What waits for what, where rows of one sheet have to do with each other."""

import json
from urllib.parse import quote

import pytest

from driver import TODAY, operations, run
from ledgers import filled
from portal_cases import Books, Case

ANN, BOB = "ann@acme.example", "bob@acme.example"
ANN_ID, BOB_ID = quote(ANN), quote(BOB)
CONTACTS = [{"email": ANN, "firstName": "Ann", "lastName": "Lee", "company": "Acme"},
            {"email": BOB, "firstName": "Bob", "lastName": "Ray", "company": "Acme"}]


@pytest.fixture
def made(tmp_path):
    """Uploads a case and hands out its operations by id."""
    def of(portal, case):
        found, _ = Case(Books(portal, "en", tmp_path), case).upload(tmp_path / "out")
        assert not any(each.endswith("error") for each in found), found
        return {each["id"]: each for each in operations(tmp_path / "out")}
    return of


def test_who_takes_a_place_waits_until_it_is_free(made):
    done = made("close", {
        "known": {
            "companies": [{"name": "Acme", "status": "customer"}], "contacts": CONTACTS,
            "rooms": [
                {"company": "Acme", "name": name, "type": "personal room", "status": "demo"}
                for name in ("Nook", "Den")],
            "hosts": [{"company": "Acme", "room": "Nook", "host": ANN}]},
        "rows": {"hosts": [
            {"company": "Acme", "room": "Den", "host": ANN},
            {"company": "Acme", "room": "Nook", "host": BOB},
            {"company": "Acme", "room": "Nook", "host": ANN, "action": "Unlink"}]}})
    assert done[f"close.host.link/Acme/Nook/{BOB_ID}"]["dependsOn"] == [
        f"close.host.unlink/Acme/Nook/{ANN_ID}"]
    assert done[f"close.host.link/Acme/Den/{ANN_ID}"]["dependsOn"] == []


def test_a_room_of_ones_own_waits_for_the_company(made):
    done = made("close", {"known": {}, "rows": {
        "companies": [{"name": "Acme", "status": "customer"}], "contacts": CONTACTS,
        "rooms": [{"company": "Acme", "name": "Hall", "type": "team room", "status": "demo"}],
        "hosts": [
            {"company": "Acme", "room": "Hall", "host": ANN, "owner": "Yes"},
            {"company": "Acme", "room": "Hall", "host": BOB, "action": "Give personal room",
             "personalRoom": "Bob", "personalStatus": "demo"}]}})
    room = done[f"close.personal.room/Acme/Hall/{BOB_ID}"]
    assert room["dependsOn"] == ["close.room.create/Acme/Hall"]
    assert done["close.room.create/Acme/Hall"]["dependsOn"] == ["close.company.create/Acme"]


def test_one_customer_is_in_house_no_more_before_another_one_is(made):
    done = made("dimensions", {
        "known": {"customers": [
            {"name": "Old", "productType": "Basic", "country": "GB", "inHouse": "Yes"},
            {"name": "New", "productType": "Basic", "country": "GB", "inHouse": "No"}]},
        "rows": {"customers": [
            {"name": "New", "inHouse": "Yes", "action": "Update"},
            {"name": "Old", "inHouse": "No", "action": "Update"}]}})
    assert done["dimensions.customer.in_house/New"]["dependsOn"] == [
        "dimensions.customer.not_in_house/Old"]
    assert done["dimensions.customer.not_in_house/Old"]["seq"] < \
        done["dimensions.customer.in_house/New"]["seq"]


def test_a_company_in_other_letters_is_the_same_one(made):
    done = made("close", {
        "known": {"companies": [{"name": "Acme", "status": "customer"}], "contacts": CONTACTS},
        "rows": {"contacts": [
            {"email": BOB, "company": "ACME", "action": "Update"},
            {"email": ANN, "company": "acme", "lastName": "Ray", "action": "Update"}]}})
    assert {name: each["data"] for name, each in done.items()} == {
        f"close.contact.update/{ANN_ID}": {"lastName": "Ray"}}


def test_who_is_unlinked_with_a_room_is_not_unlinked_again(made):
    rooms = [{"company": "Acme", "name": name, "type": "personal room", "status": "demo"}
             for name in ("Nook", "Den", "Hut")]
    done = made("close", {
        "known": {
            "companies": [{"name": "Acme", "status": "customer"}], "contacts": CONTACTS,
            "rooms": rooms,
            "hosts": [{"company": "Acme", "room": room["name"], "host": BOB} for room in rooms]},
        "rows": {
            "contacts": [{"email": BOB, "action": "Delete"}],
            "rooms": [{"company": "Acme", "name": "Den", "action": "Delete"}],
            "hosts": [{"company": "Acme", "room": "Nook", "host": BOB, "action": "Unlink"}]}})
    assert done["close.room.delete/Acme/Den"]["data"] == {"unlinked": [BOB]}
    gone = done[f"close.contact.delete/{BOB_ID}"]
    assert gone["data"] == {"unlinkedFrom": ["Hut"]}
    assert sorted(gone["dependsOn"]) == [
        f"close.host.unlink/Acme/Nook/{BOB_ID}", "close.room.delete/Acme/Den"]


STUDIO = [{"name": name, "email": f"{name}@acme.example", "firstName": "Ann", "lastName": "Lee",
           "reference": name, "platform": "Luminate Wholesale"} for name in ("acme", "birch")]
NAMES = {"domains": ["acme", "birch", "elm"]}


def test_an_address_is_free_before_somebody_else_gets_it(made):
    done = made("studio", {
        "known": {"customers": STUDIO}, "lists": NAMES,
        "rows": {"customers": [
            STUDIO[0] | {"name": "elm", "reference": "elm", "email": "birch@acme.example"},
            {"name": "birch", "email": "acme@acme.example", "action": "Update"},
            {"name": "acme", "email": "new@acme.example", "action": "Update"}]}})
    first, second, third = (f"studio.company.{name}" for name in (
        "update/acme", "update/birch", "create/elm"))
    assert [done[name]["dependsOn"] for name in (first, second, third)] == [[], [first], [second]]
    assert done[first]["seq"] < done[second]["seq"] < done[third]["seq"]


def test_addresses_that_are_swapped_are_told_on_both_rows(tmp_path):
    case = {
        "known": {"customers": STUDIO}, "lists": NAMES,
        "rows": {"customers": [
            {"name": "acme", "email": "birch@acme.example", "action": "Update"},
            {"name": "birch", "email": "ACME@acme.example", "action": "Update"}]}}
    found, report = Case(Books("studio", "en", tmp_path), case).check(case["rows"])
    assert [each for each in found if "swapped" in each] == [
        "customers B2 cell.swapped", "customers B3 cell.swapped"]
    assert report["counts"]["rejected"] == 2


def test_a_domain_that_is_there_is_not_created_again(made):
    row = {"createDomain": "Yes", "user": "100", "firstName": "Ann", "lastName": "Lee",
           "email": "ann@acme.example"}
    done = made("studio", {"known": {}, "lists": NAMES, "rows": {"throughNetSapiens": [
        row | {"name": name, "email": f"{name}@acme.example"} for name in ("acme", "fir")]}})
    assert [name for name in done if "domain" in name] == ["studio.netsapiens.domain/fir"]
    assert done["studio.netsapiens.user/acme"]["dependsOn"] == []
    assert done["studio.netsapiens.user/fir"]["dependsOn"] == ["studio.netsapiens.domain/fir"]


def test_what_is_done_once_waits_for_what_the_batch_has(made):
    done = made("studio", {"known": {}, "lists": NAMES, "rows": {"customers": STUDIO[:1]}})
    assert all(name in done or any(each.startswith(f"{name}/") for each in done)
               for each in done.values() for name in each["dependsOn"]), done


def test_who_loses_a_role_was_made_before(made):
    done = made("dimensions", {
        "known": {
            "customers": [{"name": "Old", "productType": "Basic", "country": "GB"}],
            "roles": [{"customer": "Old", "email": ANN, "role": "Website User"}]},
        "rows": {
            "users": [{"customer": "Old", "name": "Ann Lee", "email": ANN, "primary": "Yes"}],
            "roles": [{"customer": "Old", "email": ANN, "role": "Website User",
                       "action": "Unlink"}]}})
    assert done[f"dimensions.role.remove/Old/{ANN_ID}/Website%20User"]["dependsOn"] == [
        f"dimensions.user.create/{ANN_ID}"]


# What earlier uploads asked for.

CUSTOMER = {"Name": "Old", "Product Type": "Basic", "Country": "GB", "Reference": "R1"}
USER = {"Customer": "Old", "Display Name": "Ann Lee", "Email Address": ANN, "Primary User": "Yes"}
PBX = {"Customer": "Old", "PBX Template": "Standard hosted", "PBX Type": "3CX"}


@pytest.fixture
def later(tmp_path):
    """Uploads sheets to one ledger after the other; what of a batch waits for what."""
    def of(sheets):
        folder = tmp_path / f"out-{len(list(tmp_path.glob('out-*')))}"
        workbook = filled("dimensions", tmp_path / f"{folder.name}.xlsx", sheets)
        done = run("import", workbook, *TODAY, "--ledger", tmp_path / "L", "-o", folder)
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        assert done.returncode == 0, (done.stderr, report["findings"])
        return {each["id"].partition(".")[2]: [
            name.partition(".")[2] for name in each["dependsOn"]] for each in operations(folder)}
    return of


def test_what_is_not_made_yet_is_waited_for_in_the_next_upload(later, tmp_path):
    later({"Customers": [CUSTOMER], "Users": [USER], "PBX": [PBX]})
    made, user = "customer.create/Old", f"user.create/{ANN_ID}"
    update = {"Name": "Old", "Country": "DE", "Action": "Update"}
    role = {"Customer": "Old", "User": ANN, "Role": "Website User"}
    second = later({
        "Customers": [update],
        "Users": [USER | {"Email Address": BOB, "Primary User": "No"}],
        "PBX": [{"Customer": "Old", "Disabled": "Yes", "Action": "Update"}], "Roles": [role]})
    assert second == {
        f"user.create/{BOB_ID}": [made],
        "pbx.update/Old": ["pbx.create/Old"],
        f"role.assign/Old/{ANN_ID}/Website%20User": [made, user, "pbx.sync/Old"],
        "customer.update/Old": [made]}
    done = run("done", "1.1", "--ledger", tmp_path / "L")
    assert done.returncode == 0, done.stderr
    third = later({"Customers": [update | {"Country": "FR"}],
                   "Roles": [role | {"Role": "User Administrator"}]})
    assert third == {
        "customer.update/Old": [],
        f"role.assign/Old/{ANN_ID}/User%20Administrator": []}


def test_an_order_waits_for_the_company_that_an_earlier_upload_makes(tmp_path):
    elm = {"Company Name": "elm", "Email Address": "ann@elm.example", "First Name": "Ann",
           "Last Name": "Lee", "Platform": "Luminate Wholesale"}
    ordered = {"Company Name": "elm", "Package": "Pro", "Action": "Update"}
    for number, row in enumerate([elm, ordered]):
        book = filled("studio", tmp_path / f"{number}.xlsx", {"Customers": [row]})
        done = run("import", book, *TODAY, "--without-domain-check", "--ledger", tmp_path / "L",
                   "-o", tmp_path / f"out-{number}")
        assert done.returncode == 0, done.stdout + done.stderr
    steps = {each["id"]: each["dependsOn"] for each in operations(tmp_path / "out-1")}
    assert steps["studio.packages"] == ["studio.company.create/elm"]
