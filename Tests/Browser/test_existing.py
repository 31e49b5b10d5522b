"""Customers that were there before Rowgate are made known on a portal's page, and names that are no
customers yet come in a workbook."""

import io
import re
import zlib

import openpyxl
import pytest

from client import add_account, part, query
from conftest import ROOT, Server

STUDIO = ROOT / "Fixtures/studio"
DOMAINS = b"domain\nquokka.12345.service\nbirch.12345.service\ncobalt.12345.service\n"
LIST = (b"Company Name,Email Address\nquokka.12345.service,ann@quokka.example\n"
        b"birch.12345.service,bob@birch.example\n,nobody@one.example\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("existing"))
    yield server
    server.stop()


@pytest.fixture
def client(site, request):
    name = f"r{zlib.crc32(request.node.name.encode())}"
    client = add_account(site, f"ann@{name}.example", name, 0)
    client.reseller = name
    client.send("/portals/studio/lists/domains", part("list", DOMAINS, "domains.csv"))
    return client


def load(client, data=LIST, name="customers.csv", **more):
    """What is told of a file that is looked at and taken, or refused."""
    answer = client.offer("studio", data, name, **more)
    return client.post(answer.location, **more) if answer.status == 303 else answer


def known(client):
    return query(client.server, "SELECT count(*) FROM records JOIN scopes ON scopes.id ="
                 " records.scope WHERE reseller = ?", client.reseller)[0][0]


def notice(page):
    return re.search(r'role="status"[^>]*>\s*<p>(.*?)</p>', page.text, re.S).group(1)


def test_customers_are_made_known_and_counted(client):
    answer = load(client)
    assert answer.status == 303 and known(client) == 2
    said = notice(client.get(answer.location))
    assert said == "2 customers are known now. 1 has no name and was passed over."
    page = client.get("/portals/studio/records/customers").text
    assert "quokka.12345.service" in page and "birch.12345.service" in page
    # Twice makes nothing twice.
    changed = LIST.replace(b"bob@", b"rob@")
    assert notice(client.get(load(client, changed).location)) == (
        "0 customers are known now. 1 was known already and has changed values."
        " 1 was known already as it is. 1 has no name and was passed over.")
    assert known(client) == 2
    assert [action for (action,) in query(
        client.server, "SELECT action FROM audit WHERE reseller = ? AND action = 'adopt'",
        client.reseller)] == ["adopt"] * 2


def test_a_workbook_of_customers_is_taken_as_well(client):
    load(client)
    made = client.get("/portals/studio/customers.xlsx").body
    answer = load(client, made, "studio-customers.xlsx")
    assert notice(client.get(answer.location)).startswith("0 customers are known now. 2 were")


def test_what_is_known_is_judged_by(client):
    load(client)
    made = openpyxl.load_workbook(ROOT / "Templates/studio/studio.xlsx")
    sheet = made["Customers"]
    headers = [cell.value for cell in sheet[1]]
    for header, value in {"Company Name": "quokka.12345.service", "First Name": "Ann",
                          "Email Address": "new@quokka.example", "Last Name": "Lee",
                          "Customer Billing Reference": "quokka.12345.service",
                          "Platform": "Luminate Wholesale"}.items():
        sheet.cell(2, headers.index(header) + 1, value)
    data = io.BytesIO()
    made.save(data)
    path = client.upload("studio", data.getvalue())
    assert "record.exists" in client.wait(path).text or b"record.exists" in client.get(
        f"{path}/files/report.json").body


def told(page):
    """What a page says of a file before its button, and what the button says."""
    main = re.search("<main.*</main>", page.text, re.S).group()
    lines = re.findall(r"<li>(.*?)</li>", main.partition('class="effects"')[2])
    button = re.search(r'<button class="primary">(.*?)<', main)
    return lines, button and button.group(1)


@pytest.mark.parametrize("language, first, then", [
    ("en", (["Customers: 2 become known, 1 has no name and is passed over."], "Make 2 known"),
     (["Customers: 1 is known already and takes other values, 1 is known already as it is,"
       " 1 has no name and is passed over."], "Make 1 known")),
    ("de", (["Kunden: 2 werden bekannt, 1 hat keinen Namen und wird übergangen."],
            "2 bekannt machen"),
     (["Kunden: 1 ist schon bekannt und bekommt andere Werte, 1 ist schon genau so bekannt,"
       " 1 hat keinen Namen und wird übergangen."], "1 bekannt machen"))])
def test_what_a_file_comes_to_is_said_before_anything_is_known(client, language, first, then):
    own = {"headers": {"Accept-Language": language}}
    seen = client.offer("studio", LIST)
    assert (seen.status, known(client)) == (303, 0)
    assert told(client.get(seen.location, **own)) == first
    # Looked at twice, and in between by nobody else.
    assert told(client.get(seen.location, **own)) == first
    assert known(client) == 0 and query(
        client.server, "SELECT count(*) FROM audit WHERE reseller = ? AND action = 'adopt'",
        client.reseller) == [(0,)]
    client.post(seen.location)
    assert known(client) == 2
    changed = client.offer("studio", LIST.replace(b"bob@", b"rob@"))
    assert told(client.get(changed.location, **own)) == then
    page = client.get(changed.location, **own).text
    assert ("cannot be taken back" if language == "en" else "nicht zurücknehmen") in page
    # What was taken is gone, and so is what was offered.
    again = client.post(seen.location)
    assert again.status == 404 and known(client) == 2


def seen(page):
    """What is sent along with the button."""
    return {"mark": re.search(r'name="mark" value="(\w+)"', page.text).group(1)}


def test_what_somebody_agrees_to_is_looked_at_again_where_something_changed(client):
    offer = client.offer("studio", LIST.replace(b"bob@", b"rob@")).location
    page = client.get(offer)
    assert told(page)[1] == "Make 2 known"
    # Somebody else makes one of them known meanwhile.
    load(client, LIST.replace(b"quokka", b"walrus"))
    answer = client.post(offer, form=seen(page))
    assert answer.status == 303 and answer.location.startswith(offer)
    assert known(client) == 2
    again = client.get(answer.location)
    assert "nothing was taken" in again.text
    assert told(again) == ([
        "Customers: 1 becomes known, 1 is known already and takes other values,"
        " 1 has no name and is passed over."], "Make 2 known")
    # What was seen before is not agreed to by who still looks at it.
    assert client.post(offer, form=seen(page)).location.startswith(offer)
    done = client.post(offer, form=seen(again))
    assert "added=1&changed=1" in done.location and known(client) == 3


WRONG = b"""Company Name,Email Address,Platform
quokka.12345.service,ann@quokka.example,Luminate Wholesale
birch.12345.service,notmail,
cobalt.12345.service,cy@cobalt.example,Nowhere
elm.12345.service,eve@elm.example,
ELM.12345.service,eva@elm.example,
fir.12345.service,fay@fir.example,
fir.12345.service,fay@fir.example,
"""


@pytest.mark.parametrize("language, counts, problems", [
    ("en", "Customers: 3 become known, 3 are left out, for the reasons below.", [
        ("B3", "notmail"),
        ("A5", "elm.12345.service is also in A6. Keep one of these rows and delete the others."),
        ("A6", "ELM.12345.service is also in A5.")]),
    ("de", "Kunden: 3 werden bekannt, 3 werden ausgelassen, aus den Gründen unten.", [
        ("B3", "notmail"),
        ("A5", "elm.12345.service steht auch in A6. Behalten Sie eine dieser Zeilen"),
        ("A6", "ELM.12345.service steht auch in A5.")])])
def test_what_is_wrong_in_a_file_is_told_by_its_row_and_left_out(
        client, language, counts, problems):
    """Rows that say the very same are one; of others with one name nobody knows which is right. A
    word that is no choice of today may have been one once."""
    offer = client.offer("studio", WRONG).location
    page = client.get(offer, headers={"Accept-Language": language})
    assert told(page)[0][0] == counts
    notes = page.text.partition('<ul class="notes">')[2].partition("</ul>")[0]
    found = re.findall(r"<li><b>(.*?)</b> (.*?)</li>", notes)
    assert [place for place, _ in found] == [place for place, _ in problems]
    for (_, text), (_, words) in zip(found, problems):
        assert words in text, text
    done = client.get(client.post(offer, form=seen(page)).location)
    assert "3 were left out" in notice(done)
    names = {name for (name,) in query(
        client.server, "SELECT field_values FROM records JOIN scopes ON scopes.id ="
        " records.scope WHERE reseller = ?", client.reseller)}
    assert len(names) == 3 and all(re.search("quokka|fir|cobalt", name) for name in names)


def test_a_file_that_somebody_offers_is_nobody_elses(site, client):
    seen = client.offer("studio", LIST).location
    other = add_account(site, f"eve@{client.reseller}.sly", f"Sly {client.reseller}", 1)
    for path in (seen, seen.replace("/studio/", "/close/"), seen[:-1] + "x",
                 "/portals/studio/existing/..%2f..%2fuploads"):
        who = other if path == seen else client
        assert who.get(path).status == 404, path
        assert who.post(path).status == 404, path
    assert known(client) == 0
    assert client.get(seen).status == 200


def test_a_file_without_customers_asks_for_nothing(client):
    page = client.get(client.offer("studio", b"Company Name,Email Address\n").location)
    assert told(page) == ([], None) and "No customer is in this file" in page.text


@pytest.mark.parametrize("data, name", [
    (b"", "empty.csv"), (b"\x89PNG\r\n\0\0", "photo.csv"), (b"PK\x03\x04", "bad.xlsx")])
def test_a_file_that_is_none_is_refused_with_its_reason(client, data, name):
    folder = client.server.folder / "data/incoming"
    before = set(folder.glob("*"))
    answer = load(client, data, name)
    assert answer.status == 400 and "This list cannot be used" in answer.text
    assert not re.search(r'class="lead"></p>', answer.text)
    assert known(client) == 0
    # The sentence alone: neither the command nor the code.
    said = re.search(r'class="lead">(.*?)</p>', answer.text, re.S).group(1)
    assert name in said and said.endswith("."), said
    assert not re.search(r"rowgate:|\[[a-z_.]+\]|No such|none", said), said
    german = load(client, data, name, headers={"Accept-Language": "de"}).text
    assert re.search(r'class="lead">Die Liste „' + name, german), german
    assert set(folder.glob("*")) == before


def test_nobody_else_knows_them(site, client):
    load(client)
    other = add_account(site, f"eve@{client.reseller}.evil", f"Evil {client.reseller}", 1)
    assert "quokka.12345" not in other.get("/portals/studio/records/customers").text
    assert "quokka.12345" not in other.get("/portals/studio/filled-template.xlsx").plain


def test_names_that_are_no_customers_yet_come_filled_in(client):
    page = client.get("/portals/studio").text
    assert "names that are not customers yet" in page and "with your customers<" not in page
    load(client)
    made = openpyxl.load_workbook(
        io.BytesIO(client.get("/portals/studio/filled-template.xlsx").body))
    rows = list(made["Customers"].iter_rows(min_row=1, max_row=3, values_only=True))
    first = dict(zip(rows[0], rows[1]))
    assert first["Company Name"] == first["Customer Billing Reference"] == "cobalt.12345.service"
    assert rows[2][0] is None
    # A portal without such a list offers none.
    assert "names that are not customers yet" not in client.get("/portals/close").text
    assert "Download it with your customers" in client.get("/portals/studio").text
