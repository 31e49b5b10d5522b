"""What is approved is done as a whole, or can be approved again."""

import re

import pytest

from client import add_account, change, part, query
from conftest import ROOT, Server

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
AGAIN = "Please approve again"


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "site")
    yield server
    server.kill()


def test_an_approval_that_the_disk_kept_from_being_carried_out_can_be_given_again(server):
    client = add_account(server, "ann@acme.example", "Acme", 1)
    path = client.upload("studio", GOOD)
    assert AGAIN not in client.wait(path).text
    outcomes = server.folder / "data/outcomes"
    outcomes.write_text("in the way")
    with pytest.raises(AttributeError):
        client.approve(path)
    assert AGAIN in client.get(path).text
    assert query(server, "SELECT count(*) FROM records") == [(0,)]
    outcomes.unlink()
    batch = client.approve(path)
    assert client.get(batch).status == 200
    assert query(server, "SELECT count(*) FROM records")[0][0] > 0


def test_a_page_says_what_is_under_way(server):
    client = add_account(server, "ann@acme.example", "Acme", 1)
    path = client.upload("studio", GOOD)
    client.wait(path)
    for state, words in ((1, "Your workbook is being checked"), (4, "Your rows are being approved")):
        change(server, "UPDATE uploads SET state = ?", state)
        heading = re.search(r'id="busy-heading">(.*?)<', client.get(path).text).group(1)
        assert heading == words


def test_rows_that_are_still_to_fix_stay_at_hand_after_approval(server):
    client = add_account(server, "ann@acme.example", "Acme", 1)
    names = (ROOT / "Fixtures/studio/domains.csv").read_bytes()
    client.send("/portals/studio/lists/domains", part("list", names, "domains.csv"))
    path = client.upload("studio", (ROOT / "Fixtures/studio/mixed.xlsx").read_bytes())
    client.approve(path)
    page = client.get(path).text
    # Nobody takes it for done at the portal, too.
    assert "still to do at Luminate Studio stands in the batch" in page
    assert re.search(r"\d+ rows are still to fix", page)
    rest = re.search(r'href="(/batches/[^"]+/rejected.xlsx)"', page).group(1)
    again = client.upload("studio", client.get(rest).body, "rejected.xlsx")
    assert client.wait(again).status == 200
    # Where nothing is left nothing is said.
    good = client.upload("studio", GOOD)
    client.wait(good)
    assert "still to fix" not in client.get(good).text
