"""Who hosts in which room, as pages of either show it, and as forms there change it."""

import itertools
import re

import openpyxl
import pytest

from client import change
from conftest import ROOT
from test_records import approve, found, send

turn = itertools.count(1)


def workbook(folder, company, *people):
    """A company with a room that its people host in; the first of them owns it."""
    book = openpyxl.load_workbook(ROOT / "Templates/close/close.xlsx")
    rows = {
        "Companies": [{"Company Name": company, "Customer Status": "customer"}],
        "Contacts": [{"Email Address": each, "First Name": "Ann", "Last Name": "Lee",
                      "Company": company} for each in people],
        "Rooms": [{"Company": company, "Room Name": "Board", "Product Type": "team room",
                   "Room Status": "demo"}],
        "Hosts": [{"Company": company, "Room": "Board", "Host": each,
                   "Owner": "Yes" if each == people[0] else None} for each in people]}
    for name, all_rows in rows.items():
        columns = {cell.value: cell.column for cell in book[name][1]}
        for at, row in enumerate(all_rows, 2):
            for title, value in row.items():
                book[name].cell(at, columns[title]).value = value
    book.save(folder / "rooms.xlsx")
    return folder / "rooms.xlsx"


@pytest.fixture
def room(visit, tmp_path):
    """The page of a room with two hosts."""
    number = next(turn)
    company = f"Links {number} GmbH"
    people = [f"{name}@links{number}.example" for name in ("ann", "bob")]
    visit.upload("close", workbook(tmp_path, company, *people))
    approve(visit)
    assert len(found(visit, "rooms", company)) == 1
    visit.page.locator("table.records tbody th a").first.click()
    visit.company, visit.people = company, people
    return visit.page


def hosts(page):
    """The links that the page of a room or a contact lists."""
    rows = page.locator("section[aria-labelledby=of-hosts] .tasks > li").all()
    return [re.sub(r"\s+", " ", row.locator("p").first.inner_text()).strip() for row in rows]


def test_a_room_lists_its_hosts_and_a_contact_its_rooms(visit, room):
    ann, bob = visit.people
    assert hosts(room) == [f"{ann} Owner", bob]
    assert re.search(r"Number of Hosts\s+2\s", room.locator("dl.facts").inner_text() + "\n")
    # One button for one thing.
    assert room.get_by_role("link", name="Hosts: Link").count() == 1
    visit.shoot("links-room")
    room.get_by_role("link", name=bob, exact=True).click()
    page = visit.page
    assert page.locator("h1").inner_text() == bob
    assert hosts(page) == [f"{visit.company} / Board"]
    visit.shoot("links-contact")
    page.get_by_role("link", name=re.compile("^Edit room ?:")).click()
    assert page.get_by_label("Room Name").input_value() == "Board"
    counts = found(visit, "rooms", visit.company) and page.get_by_role("row").nth(1)
    assert counts.locator("td[data-label='Number of Hosts']").inner_text() == "2"


def test_a_host_is_unlinked_and_linked_by_form(visit, room):
    ann, bob = visit.people
    address = room.url
    row = room.locator("section[aria-labelledby=of-hosts] .tasks > li").nth(1)
    row.get_by_role("link", name=re.compile("^Unlink")).click()
    send(visit)
    assert (visit.number("ready"), visit.number("to fix")) == (1, 0)
    approve(visit)
    visit.page.goto(address)
    assert hosts(visit.page) == [f"{ann} Owner"]

    visit.page.locator("section[aria-labelledby=of-hosts] .beside a").click()
    assert visit.page.locator("[name='field.room']").input_value() == "Board"
    visit.page.locator("[name='field.host']").fill(bob)
    send(visit)
    assert (visit.number("ready"), visit.number("to fix")) == (1, 0)
    approve(visit)
    visit.page.goto(address)
    assert hosts(visit.page) == [f"{ann} Owner", bob]


def test_the_only_owner_is_not_unlinked(visit, room):
    row = room.locator("section[aria-labelledby=of-hosts] .tasks > li").first
    row.get_by_role("link", name=re.compile("^Unlink")).click()
    send(visit)
    assert (visit.number("ready"), visit.number("to fix")) == (0, 1)


def test_of_a_room_that_was_there_before_nobody_says_that_it_has_no_host(visit, room):
    assert "There may be more" not in room.content()
    change(visit.server, "UPDATE records SET knows_links = 0 WHERE uid = ?",
           room.url.rpartition("/")[2])
    room.reload()
    assert "There may be more" in room.content()
