"""What waits for what, where rows of one sheet have to do with each other."""

from urllib.parse import quote

import pytest

from driver import operations
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
    assert done["dimensions.customer.not_in_house/Old"]["seq"] < \
        done["dimensions.customer.in_house/New"]["seq"]
