"""A batch is taken back as somebody has seen it, and the portal's own list is compared."""

import io
import re

import openpyxl
import pytest

from client import own_client, part, query
from conftest import ROOT, Server

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
    answer = client.post(f"{client.batch}/undo", form={"digest": digest})
    assert (answer.status, answer.location) == (303, client.batch)
    assert states(server, client, "1.1") == [(3,)]
    assert plan(client) == ([], None)


def test_what_the_portal_did_gets_a_batch_of_its_own(server, client):
    steps = re.findall(r'name="step" value="(\d+)"', client.get(client.batch).text)
    client.post(f"{client.batch}/steps", form={"verdict": "done", "step": steps})
    lines, digest = plan(client)
    assert lines and not any("called off" in line for line in lines)
    client.post(f"{client.batch}/undo", form={"digest": digest})
    assert states(server, client, "1.1") == [(2,)]


def test_what_changed_since_it_was_seen_is_seen_again(server, client):
    _, digest = plan(client)
    steps = re.findall(r'name="step" value="(\d+)"', client.get(client.batch).text)
    client.post(f"{client.batch}/steps", form={"verdict": "done", "step": steps[:1]})
    answer = client.post(f"{client.batch}/undo", form={"digest": digest})
    assert answer.location == f"{client.batch}/undo?changed=1"
    assert "Something has changed" in client.get(answer.location).text
    assert (3,) not in states(server, client, "1.1")


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
