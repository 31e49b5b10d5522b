"""A batch is taken back as somebody has seen it, and the portal's own list is compared."""

import io
import re

import openpyxl
import pytest

from client import own_client, part, query
from conftest import ROOT, Server

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
