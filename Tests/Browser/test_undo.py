"""A batch is taken back as somebody has seen it, and the portal's own list is compared."""

import io
import re

import openpyxl
import pytest

from client import change, own_client, part, query
from conftest import ROOT, Server
from test_waiting import book

DONE, TAKEN_BACK = 2, 6
GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("undo"))
    yield server
    server.kill()


@pytest.fixture
def client(server, request):
    """Somebody with a reseller of their own, and an approved batch."""
    client = own_client(server, request)
    client.batch = client.approve(client.upload("studio", GOOD))
    return client


def plan(client):
    """The lines of the page, and what stands for having seen them."""
    page = client.get(f"{client.batch}/undo").text
    lines = re.findall(r"<li>(.*?)</li>", page.partition('class="plan"')[2].partition("</ul>")[0])
    digest = re.search(r'name="digest" value="(\w+)"', page)
    return lines, digest and digest.group(1)


def states(server, client, number):
    return query(
        server, "SELECT DISTINCT state FROM operations JOIN attempts ON attempts.id ="
        " operations.attempt JOIN scopes ON scopes.id = scope WHERE reseller = ?"
        " AND number || '.' || attempts.attempt = ? AND sheet <> ''", client.reseller, number)


def test_what_nobody_has_seen_to_is_called_off(server, client):
    lines, digest = plan(client)
    assert lines and all("called off" in line for line in lines)
    assert f'href="{client.batch}/undo"' in client.get(client.batch).text
    form = {"digest": digest, "note": "Wrong month & year"}
    answer = client.post(f"{client.batch}/undo", form=form)
    assert (answer.status, answer.location) == (303, f"{client.batch}?undone=1")
    assert states(server, client, "1.1") == [(TAKEN_BACK,)]
    assert plan(client) == ([], None)
    # It says so in a notice, and from then on to whoever comes by; nobody takes it back again.
    page = client.get(answer.location).text
    told = rf"Taken back \d{{4}}-\d\d-\d\d \d\d:\d\d UTC by \S+@\S+\. \d+ steps that nobody"
    assert len(re.findall(told, page)) == 2
    page = client.get(client.batch).text
    assert len(re.findall(told, page)) == 1 and "<q>Wrong month &amp; year</q>" in page
    assert f'href="{client.batch}/undo"' not in page
    assert page.count(">taken back</span>") > 1 and ">refused</span>" not in page
    assert "refused" not in client.get("/").text


def test_what_comes_back_can_be_taken_back_again(client):
    client.post(f"{client.batch}/undo", form={"digest": plan(client)[1]})
    step = re.search(r'name="step" value="(\d+)"', client.get(client.batch).text).group(1)
    client.post(f"{client.batch}/steps", form={"verdict": "ready", "step": step})
    assert f'href="{client.batch}/undo"' in client.get(client.batch).text
    assert plan(client)[0]


def test_what_the_portal_did_gets_a_batch_of_its_own(server, client):
    small = (ROOT / "Fixtures/close/small.xlsx").read_bytes()
    client.batch = client.approve(client.upload("close", small))
    steps = re.findall(r'name="step" value="(\d+)"', client.get(client.batch).text)
    client.post(f"{client.batch}/steps", form={"verdict": "done", "step": steps})
    lines, digest = plan(client)
    assert lines and not any("called off" in line for line in lines)
    answer = client.post(f"{client.batch}/undo", form={"digest": digest})
    assert answer.location == "/batches/3.1?undone=1"
    assert states(server, client, "2.1") == [(DONE,)]
    assert "take back what was done before" in client.get(answer.location).text
    page = client.get(client.batch).text
    assert 'href="/batches/3.1"' in page and f'href="{client.batch}/undo"' not in page
    assert plan(client) == ([], None)
    # Unless the portal refuses that.
    client.post("/batches/3.1/steps", form={"verdict": "refused", "step": "1"})
    assert f'href="{client.batch}/undo"' in client.get(client.batch).text


def test_what_changed_since_it_was_seen_is_seen_again(server, client):
    _, digest = plan(client)
    steps = re.findall(r'name="step" value="(\d+)"', client.get(client.batch).text)
    client.post(f"{client.batch}/steps", form={"verdict": "done", "step": steps[:1]})
    answer = client.post(f"{client.batch}/undo", form={"digest": digest})
    assert answer.location == f"{client.batch}/undo?changed=1"
    assert "Something has changed" in client.get(answer.location).text
    assert (TAKEN_BACK,) not in states(server, client, "1.1")


def test_what_is_taken_back_by_hand_stands_on_both_pages_until_it_is_done(server, client):
    steps = re.findall(r'name="step" value="(\d+)"', client.get(client.batch).text)
    client.post(f"{client.batch}/steps", form={"verdict": "done", "step": steps})
    lines, digest = plan(client)
    names = [re.match(r"Customers, (.+?): can only be", line).group(1)
             for line in lines if "by hand" in line]
    assert names
    answer = client.post(f"{client.batch}/undo", form={"digest": digest})
    assert answer.location == f"{client.batch}?undone=1"
    page = client.get(client.batch).text
    assert "To take back by hand" in page and f"0 of {len(names)} done" in page
    assert all(f"Customers, {name}</label>" in page for name in names)
    assert page.count("Delete it in Luminate Studio.") == len(names)
    ids = re.findall(r'name="record" value="(\w+)"', page)
    assert len(ids) == len(names)
    way = f"{client.batch}/by-hand"
    assert client.post(way, form={"verdict": "done"}).location == f"{client.batch}?none=1"
    answer = client.post(way, form={"verdict": "done", "record": ids[:1]})
    assert answer.location == f"{client.batch}?hand=1"
    page = client.get(answer.location).text
    assert f"1 of {len(names)} done" in page and "1 is recorded." in page
    assert "@acme.example" in page.partition("To take back by hand")[2].partition("</ul>")[0]
    client.post(way, form={"verdict": "open", "record": ids})
    assert f"0 of {len(names)} done" in client.get(client.batch).text
    # What there is nothing of changes nothing.
    assert client.post(way, form={"verdict": "done", "record": "0" * 16}).location.endswith("hand=0")


def test_of_many_things_what_is_still_to_do_is_listed_first(server, client):
    count = int(re.search(
        r"handLinesShownMax = (\d+)",
        (ROOT / "Sources/Server/SiteLimits.swift").read_text(encoding="utf-8")).group(1)) + 1
    names = "".join(f"many{at}.12345.service,\n" for at in range(count)).encode()
    client.send("/portals/studio/lists/domains", part("list", names, "domains.csv"))
    client.batch = client.approve(client.upload("studio", book("studio", Portal_form=[
        {"Company Name": f"many{at}.12345.service",
         "Customer Reference": f"many{at}.12345.service", "Platform": "Luminate Wholesale"}
        for at in range(count)])))
    change(server, "UPDATE operations SET state = ? WHERE attempt = (SELECT max(id) FROM attempts)",
           DONE)
    client.post(f"{client.batch}/undo", form={"digest": plan(client)[1]})
    listed = r'name="record" value="(\w+)"'
    page = client.get(client.batch).text
    shown = re.findall(listed, page)
    assert len(shown) == count - 1 and "1 more is not shown." in page and len(page) < 100_000
    client.post(f"{client.batch}/by-hand", form={"verdict": "done", "record": shown[:1]})
    page = client.get(client.batch).text
    assert shown[0] not in re.findall(listed, page) and f"1 of {count} done" in page


def test_what_no_step_takes_back_stands_in_both_batches(client):
    small = (ROOT / "Fixtures/close/small.xlsx").read_bytes()
    client.approve(client.upload("close", small))
    changes = book("close", Rooms=[
        {"Company": "Birch Practice", "Room Name": "Bob", "Action": "Delete"}], Contacts=[
        {"Email Address": "dee@birch.example", "First Name": "Dee", "Last Name": "Ray",
         "Company": "Birch Practice"}])
    client.batch = client.approve(client.upload("close", changes, "changes.xlsx"))
    steps = re.findall(r'name="step" value="(\d+)"', client.get(client.batch).text)
    client.post(f"{client.batch}/steps", form={"verdict": "done", "step": steps})
    answer = client.post(f"{client.batch}/undo", form={"digest": plan(client)[1]})
    counter = answer.location.partition("?")[0]
    assert counter != client.batch
    for path in (counter, client.batch):
        page = client.get(path).text
        assert "Rooms, Birch Practice, Bob</label>" in page, path
        assert "Create it again in Close: Company: Birch Practice; Room Name: Bob" in page, path
    # It is ticked on either.
    record = re.search(r'name="record" value="(\w+)"', client.get(counter).text).group(1)
    assert client.post(f"{counter}/by-hand", form={
        "verdict": "done", "record": record}).location.endswith("hand=1")
    assert "1 of 2 done" in client.get(client.batch).text


def test_an_upload_that_is_taken_back_says_so_and_so_do_its_customers(client):
    page = client.get(client.batch).text
    upload = re.search(r'href="(/uploads/\w+)"', page).group(1)
    assert 'class="state done">approved' in client.get(upload).text
    client.post(f"{client.batch}/undo", form={"digest": plan(client)[1], "note": "Wrong month"})
    page = client.get(upload).text
    assert 'class="state plain">taken back, batch 1.1</span>' in page
    assert 'class="card accepted"' not in page and "Wrong month" in page
    assert re.search(r"Taken back \d{4}-\d\d-\d\d \d\d:\d\d UTC by \S+@", page)
    assert f'href="{client.batch}"' in page
    for listing in ("/", "/portals/studio"):
        line = client.get(listing).text.partition(f'href="{upload}"')[2].partition("</tr>")[0]
        assert 'class="state plain">taken back, batch 1.1' in line, listing
    listed = client.get("/portals/studio/records/customers?state=taken_back").text
    record = re.search(r'href="(/portals/studio/records/customers/\w{16})"', listed).group(1)
    page = client.get(record).text
    assert "taken back before the portal did it" in page and "Created, and taken back" in page
    assert "refused" not in page
    assert not re.search(record, client.get("/portals/studio/records/customers?state=refused").text)


def test_the_portals_list_is_compared(client):
    names = (ROOT / "Fixtures/studio/domains.csv").read_bytes()
    client.send("/portals/studio/lists/domains", part("list", names, "domains.csv"))
    data = "Company Name,Email Address\nnobody.12345.service,x@nobody.example\n".encode()
    answer = client.send("/portals/studio/compare", part("list", data, "there.csv"))
    assert answer.status == 200, answer.text
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    assert any("nobody.12345.service" in str(value) for value in cells), cells
    assert client.send("/portals/studio/compare").status == 400
