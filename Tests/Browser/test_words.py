"""Days, numbers and prices are written one way on every page, and every list has a way on."""

import datetime
import html
import re

import pytest

from client import add_account, change, part, query
from conftest import ROOT, Server
from test_results import book, checked, customer
from test_waiting import book as workbook, room

DAY = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=5)).isoformat()
DOMAINS = (ROOT / "Fixtures/studio/domains.csv").read_bytes()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("words"))
    yield server
    server.stop()


@pytest.fixture
def client(site, request):
    name = "r" + re.sub(r"[^a-z]", "", request.node.name)
    client = add_account(site, f"ann@{name}.example", name, 2)
    client.reseller = name
    return client


def told(client, path, language):
    page = client.get(path, headers={"Accept-Language": language}).text
    return html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))


@pytest.mark.parametrize("language", ["en", "de"])
def test_days_are_written_one_way(client, language):
    client.send("/portals/studio/lists/domains", part("list", DOMAINS, "domains.csv"))
    upload = checked(client, workbook(
        "close", Companies=[{"Company Name": "Acme", "Customer Status": "customer"}],
        Rooms=[room("A", Trial_End=DAY)]), "close")
    pages = {"upload": told(client, upload, language)}
    client.approve(upload)
    pages |= {path: told(client, path, language) for path in (
        "/", "/portals/studio", "/portals/close/records/rooms", "/audit")}
    for path, text in pages.items():
        assert re.search(r"\d{4}-\d\d-\d\d", text), path
        assert not re.search(r"\b\d\d?\.\d\d?\.\d{4}\b|\d/\d\d?/\d", text), path
    assert DAY in pages["/"] and DAY in pages["upload"]


@pytest.mark.parametrize("language, rows, uploads", [
    ("en", "1,048,576", "1,000"), ("de", "1.048.576", "1.000")])
def test_whole_numbers_are_grouped(client, language, rows, uploads):
    for path in ("/limits", "/portals/studio/settings"):
        text = told(client, path, language)
        assert rows in text and uploads in text, path
        assert not re.search(r"\d{5}", text), path
    # As it is read it may be typed, too.
    own = {"headers": {"Accept-Language": language}}
    for typed, status in ((rows, 303), (rows.replace("1", "2", 1), 422), ("10,48.576", 422)):
        sent = client.post("/limits", form={"reseller": client.reseller, "rows": typed}, **own)
        assert sent.status == status, typed


def test_many_rows_are_counted_as_people_read_them(client):
    path = checked(client, book([
        customer(f"c{at:04}.12345.service", at, Platform="") for at in range(1_001)]))
    page = client.get(path).text
    assert "1,001 to fix" in page and '<dd>1,001</dd>' in page
    assert "1,001 rows; fixing it makes 1,001 ready" in page
    # What is numbered is called by its number.
    last = client.get(f"{path}?page=999").text
    assert "Row 1002" in last and "of 1,001" in last


def test_all_uploads_can_be_reached_from_the_first_page(client):
    path = checked(client, book([customer("one.12345.service", 1)]))
    [columns] = query(client.server, "SELECT group_concat(name) FROM pragma_table_info('uploads')")
    names = [name for name in columns[0].split(",")]
    for at in range(119):
        values = ", ".join(
            f"'{at:032}'" if name == "id" else f"'march {at}.xlsx'" if name == "workbook" else name
            for name in names)
        change(client.server, f"INSERT INTO uploads ({columns[0]}) SELECT {values} FROM uploads"
               " WHERE id = ?", path.split("/")[-1])
    seen, address = set(), "/"
    while address:
        page = client.get(address).text
        recent = page.partition('id="recent"')[2]
        shown = re.findall(r'<th scope="row"><a href="(/uploads/\w+)"', recent)
        assert 0 < len(shown) <= 50 and not seen & set(shown)
        seen |= set(shown)
        found = re.search(r'rel="next" href="([^"]+)"', recent)
        address = found and html.unescape(found.group(1)).partition("#")[0]
    assert len(seen) == 120
