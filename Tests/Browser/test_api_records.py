"""Customers that are known, as a program finds, adds and changes them."""

import html
import json

import pytest

from client import add_account
from conftest import Server
from test_api import Program, documented, let_in, strict

COMPANIES = "/portals/close/records/companies"
# In the order in which they are added, which is not that of their names.
NAMES = ["Dune/West", "Acme GmbH", "Elm", "Birch & Söhne", "Cedar 100%_x"]
DUNE, _, ELM, BIRCH, CEDAR = NAMES


class Site:
    def __init__(self, folder):
        self.server = Server(folder)
        Program.document = strict(documented(self.server))
        ann = add_account(self.server, "ann@quokka.example", "Quokka Reselling", 1)
        bea = add_account(self.server, "bea@beta.example", "Beta Reselling", 1)
        self.people = ann
        self.ann, self.bea = (Program(self.server, let_in(one)) for one in (ann, bea))

    def accept(self, location):
        """Approves an import that is all ready. Gives back its batch."""
        found = self.ann.wait(location)
        assert (found["state"], found["counts"]["rejected"]) == ("checked", 0), found
        assert self.ann.approve(location).status == 202
        return self.ann.wait(location)["batch"]

    def send(self, path, **sent):
        answer = self.ann.ask("POST", path, sent=sent)
        assert answer.status == 202, answer.text
        assert json.loads(answer.body)["state"] == "waiting"
        return answer.location

    def add(self, name):
        return self.accept(self.send(COMPANIES, values=cells(
            {"name": name, "status": "customer"})))


def cells(values):
    return [{"column": column, "value": value} for column, value in values.items()]


def names(page):
    return [one["name"] for one in page["items"]]


def values(record):
    return {one["column"]: one["value"] for one in record["values"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("records"))
    site.batches = [site.add(name) for name in NAMES]
    yield site
    site.server.stop()


def test_what_is_added_is_found_with_where_it_is_from(site):
    page = site.ann.get(COMPANIES)
    assert names(page) == NAMES[::-1] and page["next"] is None
    first = page["items"][-1]
    assert site.ann.get(f"{COMPANIES}/{first['id']}") == first
    assert (first["portal"], first["sheet"], first["state"]) == ("close", "companies", "waiting")
    assert (first["batch"], first["by"], first["row"]) == (
        site.batches[0], "ann@quokka.example", 2)
    assert site.ann.get(f"/imports/{first['import']}")["name"] == first["workbook"]
    columns = [one["column"] for sheet in site.ann.get("/portals/close")["sheets"]
               for one in sheet["columns"] if sheet["sheet"] == "companies"]
    assert [one["column"] for one in first["values"]] == columns
    assert values(first)["name"] == NAMES[0]


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 6])
@pytest.mark.parametrize("order", ["newest", "name"])
def test_pages_have_each_once_in_order(site, limit, order):
    found, after = [], "0"
    while after is not None:
        page = site.ann.get(f"{COMPANIES}?limit={limit}&order={order}&after={after}")
        assert 0 < len(page["items"]) <= limit
        found, after = found + names(page), page["next"]
    assert found == (NAMES[::-1] if order == "newest" else sorted(NAMES))
    assert site.ann.get(f"{COMPANIES}?after=5") == {"items": [], "next": None}


@pytest.mark.parametrize("query,expected", [
    ("query=s%C3%B6hne", [BIRCH]), ("query=S%C3%96HNE", [BIRCH]),
    ("query=100%25_", [CEDAR]), ("query=0_", []), ("query=Dune%2FWest", [DUNE]),
    ("query=nobody", []), ("state=there", []), ("state=refused", []),
    ("state=waiting&query=elm", [ELM])])
def test_a_search_finds_what_a_page_finds(site, query, expected):
    assert names(site.ann.get(f"{COMPANIES}?{query}")) == expected


def test_what_is_not_named_stays_as_it_is(site):
    [elm] = site.ann.get(f"{COMPANIES}?query=elm")["items"]
    other = next(column for column, value in values(elm).items()
                 if value is None and column not in ("name", "status"))
    location = site.send(f"{COMPANIES}/{elm['id']}", values=cells({"status": "prospect"}))
    workbook = site.ann.ask("GET", f"{location}/files/workbook.xlsx")
    assert workbook.status == 200
    found = site.ann.wait(location)
    assert found["effects"]["updated"] == 1 and found["counts"]["rejected"] == 0, found
    site.accept(location)
    now = site.ann.get(f"{COMPANIES}/{elm['id']}")
    assert values(now) == values(elm) | {"status": "prospect"} and values(now)[other] is None


def test_what_is_wrong_is_told_by_the_import(site):
    location = site.send(COMPANIES, values=cells({"name": "Fir", "status": "nothing"}))
    found = site.ann.wait(location)
    assert found["counts"]["rejected"] == 1
    [finding] = site.ann.get(f"{location}/findings")["items"]
    assert finding["code"] == "cell.not_in_list"


def test_the_same_row_with_the_same_key_is_one_import(site):
    key = {"Idempotency-Key": "fir-1"}
    row = {"values": cells({"name": "Fir", "status": "customer"})}
    first, again = [site.ann.ask("POST", COMPANIES, sent=row, headers=key) for _ in range(2)]
    assert (first.status, first.location) == (again.status, again.location) == (
        202, again.location)
    other = site.ann.ask(
        "POST", COMPANIES, sent={"values": cells({"name": "Gum"})}, headers=key)
    assert other.status == 422
    site.ann.wait(first.location)


def test_nobody_else_sees_or_changes_a_record(site):
    record = site.ann.get(COMPANIES)["items"][0]["id"]
    assert site.bea.get(COMPANIES) == {"items": [], "next": None}
    site.bea.get(f"{COMPANIES}/{record}", 404)
    # What is wrong with what they send they are not told, as if there were nothing.
    for sent in ({"values": []}, [], {"action": "nothing"}):
        assert site.bea.ask("POST", f"{COMPANIES}/{record}", sent=sent).status == 404
    # Nor is it one of another sheet.
    site.ann.get(f"/portals/close/records/contacts/{record}", 404)


def test_a_batch_shows_keys_as_people_read_them(site):
    shown = [site.people.get(f"/batches/{batch}").text for batch in site.batches]
    for name, page in zip(NAMES, shown, strict=True):
        assert html.escape(name) in page
    assert not any(sign in page for sign in ("%20", "%26", "%C3", "%25", "%2F") for page in shown)


@pytest.mark.parametrize("language,expected", [
    ("en", "1 email is sent by Close: the contact gets a new password, at once."),
    ("de", "1 E-Mail wird von Close verschickt: Der Kontakt erhält sofort ein neues Passwort.")])
def test_who_gets_mail_is_told_in_words(site, language, expected):
    contacts = "/portals/close/records/contacts"
    if not site.ann.get(contacts)["items"]:
        site.accept(site.send(contacts, values=cells({
            "email": "ann@elm.example", "firstName": "Ann", "lastName": "Lee",
            "company": "Elm"})))
    [contact] = site.ann.get(contacts)["items"]
    location = site.send(f"{contacts}/{contact['id']}", action="reset-password")
    assert site.ann.wait(location)["state"] == "checked"
    page = site.people.get(location.replace("/api/v1/imports", "/uploads"),
                           headers={"Cookie": f"rowgate={site.people.secret}; lang={language}"})
    assert expected in page.text
    assert "close.contact" not in page.text
