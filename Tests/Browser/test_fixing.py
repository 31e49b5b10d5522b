"""A cell that has words of its own is fixed by choosing one of them, in the reader's language."""

import html
import io
import re

import openpyxl
import pytest

from client import add_account, part
from conftest import ROOT, Server
from test_results import checked, customer

DOMAINS = b"domain\ncobalt.12345.service\nfern.12345.service\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("fixing"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def client(site):
    client = add_account(site, "ann@fixing.example", "fixing", 1)
    client.send("/portals/studio/lists/domains", part("list", DOMAINS, "domains.csv"))
    return client


def workbook(portal, sheet, row):
    """A workbook of one row, with nothing on other sheets."""
    book = openpyxl.load_workbook(ROOT / f"Templates/{portal}/{portal}.xlsx")
    columns = {cell.value: cell.column for cell in book[sheet][1]}
    for title, value in row.items():
        book[sheet].cell(2, columns[title]).value = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


COMPANY = {"Company Name": "Birch", "Customer Status": "customer"}
ROOM = {"Company": "Birch", "Room Name": "One", "Product Type": "team room", "Room Status": "demo"}
HOST = {"Company": "Birch", "Room": "One", "Host": "ann@one.example", "Owner": "Yes"}


def field(page, column):
    """What is chosen from at the first cell at fault in a column: the kind of field, its words,
    and the one that is chosen, or stands there."""
    for item in page.split('<li class="finding')[1:]:
        if f"<b>{column}</b>" in item:
            label = re.search(r"<label>.*?</label>", item, re.S).group()
            break
    if "<select" in label:
        options = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)</option>', label)
        assert all(value == text for value, _, text in options)
        [chosen] = [html.unescape(value) for value, mark, _ in options if mark]
        return "select", [html.unescape(value) for value, _, _ in options], chosen
    value = html.unescape(re.search(r'name="value" value="([^"]*)"', label).group(1))
    listed = re.search(r' list="([\w-]+)"', label)
    if not listed:
        return "text", [], value
    [words] = re.findall(rf'<datalist id="{listed.group(1)}">(.*?)</datalist>', page, re.S)
    return "list", [html.unescape(word) for word in re.findall(r'value="([^"]*)"', words)], value


@pytest.mark.parametrize("portal, sheet, row, column, kind, words, stands", [
    ("studio", "Customers", customer("fern.12345.service", 1, Platform="Luminate Wholesal"),
     "Platform", "select", {"en": ["", "Luminate Wholesale", "Luminate Wholesal"],
                            "de": ["", "Luminate Wholesale", "Luminate Wholesal"]}, None),
    ("studio", "Customers", customer("fernn.12345.service", 1), "Company Name", "select",
     {"en": ["", "cobalt.12345.service", "fern.12345.service", "fernn.12345.service"]}, None),
    ("nexudus", "Customers", {"Name": "Birch", "Country": "Germny"}, "Country", "list",
     {"en": "Germany", "de": "Deutschland"}, "Germny"),
    ("studio", "Customers", customer("fern.12345.service", 1, Email_Address="wrong"),
     "Email Address", "text", {"en": [], "de": []}, "wrong"),
    ("close", "Companies", COMPANY | {"Customer Status": "Kunden"}, "Customer Status", "select",
     {"en": ["", "prospect", "customer", "Kunden"],
      "de": ["", "Interessent", "Kunde", "Kunden"]}, None),
    ("close", "Companies", COMPANY | {"Customer Status": None}, "Customer Status", "select",
     {"en": ["", "prospect", "customer"], "de": ["", "Interessent", "Kunde"]}, ""),
    ("close", "Hosts", HOST | {"Owner": "maybe"}, "Owner", "select",
     {"en": ["", "Yes", "No", "maybe"], "de": ["", "Ja", "Nein", "maybe"]}, None),
    ("close", "Companies", COMPANY | {"Action": "Crate"}, "Action", "select",
     {"en": ["", "Create", "Update", "Delete", "Crate"],
      "de": ["", "Anlegen", "Ändern", "Löschen", "Crate"]}, None),
    ("close", "Rooms", ROOM | {"Company": "Brich"}, "Company", "text", {"en": []}, "Brich"),
])
def test_a_cell_offers_what_may_stand_there(
        client, portal, sheet, row, column, kind, words, stands):
    path = checked(client, workbook(portal, sheet, row), portal)
    for language, expected in words.items():
        page = client.get(path, headers={"Accept-Language": language}).text
        found, offered, value = field(page, column)
        assert found == kind
        if isinstance(expected, str):
            assert expected in offered and len(offered) > 200
        else:
            assert offered == expected
        assert value == (expected[-1] if stands is None else stands)


def test_what_is_said_in_another_language_is_chosen_and_not_offered_beside_itself(client):
    book = openpyxl.load_workbook(io.BytesIO(workbook("close", "Companies", COMPANY | {
        "Customer Status": "prospect"})))
    columns = {cell.value: cell.column for cell in book["Rooms"][1]}
    for title, value in (ROOM | {"Room Status": "zahlender Abonnent"}).items():
        book["Rooms"].cell(2, columns[title]).value = value
    data = io.BytesIO()
    book.save(data)
    path = checked(client, data.getvalue(), "close")
    for language, words in (
            ("en", ["", "demo", "trial", "paid subscriber"]),
            ("de", ["", "Demo", "Testphase", "zahlender Abonnent"])):
        page = client.get(path, headers={"Accept-Language": language}).text
        assert field(page, "Room Status") == ("select", words, words[-1])


def test_many_names_are_offered_to_who_types(site):
    client = add_account(site, "bob@many.example", "many names", 1)
    names = "".join(f"d{at:03}.12345.service\n" for at in range(40)).encode()
    client.send("/portals/studio/lists/domains", part("list", b"domain\n" + names, "domains.csv"))
    path = checked(client, [customer("d0000.12345.service", 1), customer("x.service", 2)])
    page = client.get(path).text
    kind, words, value = field(page, "Company Name")
    assert (kind, len(words), value) == ("list", 40, "d0000.12345.service")
    # Once on the page, however many cells offer them.
    assert page.count("<datalist") == 1


def test_a_word_that_is_chosen_is_saved(visit, tmp_path):
    page = visit.page
    (tmp_path / "one.xlsx").write_bytes(
        workbook("close", "Companies", COMPANY | {"Customer Status": "Kunden"}))
    visit.upload("close", tmp_path / "one.xlsx")
    choice = page.get_by_label(re.compile("New value for Customer Status"))
    assert choice.evaluate("one => [one.tagName, one.value]") == ["SELECT", "Kunden"]
    visit.shoot("fix-choice")
    choice.select_option("customer")
    page.get_by_role("button", name=re.compile("^Save")).click()
    visit.wait()
    assert (visit.number("ready"), visit.number("to fix")) == (1, 0)
