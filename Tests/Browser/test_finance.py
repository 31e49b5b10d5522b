"""A batch says to whoever pays what it costs, for whom, and who approved it; an invoice is compared."""

import html
import io
import re
import shutil
import subprocess
import zlib

import openpyxl
import pytest

from client import add_account, database, part, query
from conftest import BINARY, ROOT, SHOTS, Server
from test_waiting import book

STUDIO = ROOT / "Fixtures/studio"
MIXED = (STUDIO / "mixed.xlsx").read_bytes()


# Customers on a page, and so many that a third one has a single one.
ON_PAGE = int(re.search(
    r"customersOnPaper = (\d+)",
    (ROOT / "Sources/Server/SiteLimits.swift").read_text(encoding="utf-8")).group(1))
MANY_COUNT = 2 * ON_PAGE + 1


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("finance"))
    yield server
    server.stop()


@pytest.fixture
def client(site, request):
    name = f"Acme {zlib.crc32(request.node.name.encode())}"
    client = add_account(site, f"{name.replace(' ', '').lower()}@acme.example", name, 1)
    client.reseller = name
    names = (STUDIO / "domains.csv").read_bytes() + "".join(
        f"many{at}.12345.service,\n" for at in range(MANY_COUNT)).encode()
    client.send("/portals/studio/lists/domains", part("list", names, "domains.csv"))
    return client


def load(client, portal, settings, tmp_path):
    (tmp_path / "settings.yaml").write_text(settings)
    subprocess.run(
        [BINARY, "settings", "load", portal, tmp_path / "settings.yaml", "--ledger",
         database(client.server), f"--reseller={client.reseller}"],
        check=True, capture_output=True)


def approve(client, portal, data, note):
    """Approves an upload. Gives back its batch's path."""
    path = client.upload(portal, data, "spring order.xlsx")
    page = client.wait(path).text
    count = re.search(r'for="charges">\D*(\d[\d,]*)', page)
    client.post(f"{path}/approve", form={
        "digest": re.search(r'name="digest" value="(\w+)"', page).group(1),
        "charges": count.group(1) if count else "0", "withoutList": "yes", "note": note})
    return re.search(r'href="(/batches/[\d.]+)"', client.wait(path).text).group(1)


def tables(client, batch, path=None):
    """The rows of each table, a list of texts each."""
    answer = client.get(path or f"{batch}/finance")
    assert answer.status == 200, answer.text
    cells = r"<t[hd][^>]*>(.*?)</t[hd]>"
    return [[[html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(cells, row, re.S)]
             for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)][1:]
            for table in re.findall(r"<table.*?</table>", answer.text, re.S)], answer.text


def forms(packages):
    """A customer for each package, as the portal's own form has them."""
    return book("studio", Portal_form=[
        {"Company Name": f"many{at}.12345.service", "Customer Reference": f"many{at}.12345.service",
         "Platform": "Luminate Wholesale", "Package": package}
        for at, package in enumerate(packages)])


PRICED = "packages: [{name: Free, paid: false}, {name: Professional, paid: true, price: 9.50, " \
    "currency: GBP, per: month}]"
MANY = PRICED.removesuffix("]") + ", {name: Gold, paid: true, price: 3.25, currency: GBP, " \
    "per: month}, {name: Silver, paid: true, price: 4.20, currency: EUR, per: month}]"
COSTS = [
    ("studio, with a price", "studio", PRICED, MIXED,
     [["Professional", "2", "9.50", "GBP", "month", "19.00"],
      ["Total", "GBP", "month", "19.00"]], 2),
    ("studio, no price known", "studio", "", MIXED,
     [["Professional", "2", "not known", "", "", "not known"]], 2),
    ("studio, through the portal's form", "studio", PRICED, book("studio", Portal_form=[
        {"Company Name": "acme.12345.service", "Customer Reference": "acme.12345.service",
         "Platform": "Luminate Wholesale", "Package": "Professional"}]),
     [["Professional", "1", "9.50", "GBP", "month", "9.50"],
      ["Total", "GBP", "month", "9.50"]], 1),
    ("studio, sums of each currency", "studio", MANY, forms(
        ["Professional", "Gold", "Silver", "Gold", "Free"]),
     [["Professional", "1", "9.50", "GBP", "month", "9.50"],
      ["Gold", "2", "3.25", "GBP", "month", "6.50"],
      ["Silver", "1", "4.20", "EUR", "month", "4.20"],
      ["Total", "GBP", "month", "16.00"], ["Total", "EUR", "month", "4.20"]], 4),
    ("nothing to pay", "studio", PRICED, book("studio", Portal_form=[
        {"Company Name": "acme.12345.service", "Customer Reference": "acme.12345.service",
         "Platform": "Luminate Wholesale", "Package": "Free"}]), None, 0),
]


@pytest.mark.parametrize(
    "name, portal, settings, data, costs, count", COSTS, ids=[row[0] for row in COSTS])
def test_a_batch_says_what_it_costs_and_for_whom(
        client, tmp_path, name, portal, settings, data, costs, count):
    load(client, portal, settings, tmp_path)
    batch = approve(client, portal, data, "PO 4711 & more")
    page = client.get(batch).text
    assert f'href="{batch}/finance"' in page and "<q>PO 4711 &amp; more</q>" in page
    upload = re.search(r'href="(/uploads/\w+)">spring order.xlsx', page).group(1)
    assert "<q>PO 4711 &amp; more</q>" in client.get(upload).text
    found, text = tables(client, batch)
    if costs is None:
        assert found == [] and "It costs nothing." in text
        return
    assert found[0] == costs
    assert len(found[1]) == count == len({name for name, _ in found[1]})
    assert {package for _, package in found[1]} == {
        row[0] for row in costs if row[0] != "Total"}
    assert all(name.endswith(".service") for name, _ in found[1])
    assert "spring order.xlsx" in text and "PO 4711 &amp; more" in text
    assert client.reseller.replace(" ", "").lower() + "@acme.example" in text
    assert ("not in the total" in text) == ("not known" in str(costs))


def test_nobody_pays_for_what_was_refused_or_taken_back(client, tmp_path):
    load(client, "studio", PRICED, tmp_path)
    batch = approve(client, "studio", forms(["Professional"] * 3), "")
    step = re.search(r'name="step" value="(\d+)"', client.get(batch).text).group(1)
    client.post(f"{batch}/steps", form={"verdict": "refused", "step": step})
    found, text = tables(client, batch)
    # What was approved stands; what is not paid for is a line of its own, and the total is right.
    assert found[0] == [
        ["Professional", "3", "9.50", "GBP", "month", "28.50"],
        ["Professional: refused or taken back", "−1", "9.50", "GBP", "month", "−9.50"],
        ["Total to pay", "GBP", "month", "19.00"]]
    assert [("not to pay" in package) for _, package in found[1]] == [True, False, False]
    client.post(f"{batch}/undo", form={"digest": re.search(
        r'name="digest" value="(\w+)"', client.get(f"{batch}/undo").text).group(1)})
    found, _ = tables(client, batch)
    assert found[0][1][1::4] == ["−3", "−28.50"] and found[0][2][-1] == "0.00"


# A row of its own orders the package by a step that is done once.
@pytest.mark.parametrize("operation, sum", [
    ("studio.packages", "0.00"), ("studio.company.create", "9.50")])
def test_so_it_is_with_packages_that_are_set_for_all_at_once(client, tmp_path, operation, sum):
    load(client, "studio", PRICED, tmp_path)
    batch = approve(client, "studio", MIXED, "")
    [(sequence,)] = query(
        client.server, "SELECT min(sequence) FROM operations JOIN attempts ON attempts.id ="
        " operations.attempt JOIN scopes ON scopes.id = scope WHERE reseller = ? AND operation = ?"
        " AND (sheet = '' OR row = (SELECT min(c.row) FROM changes AS c WHERE c.step IS NOT NULL"
        " AND c.attempt = operations.attempt))", client.reseller, operation)
    client.post(f"{batch}/steps", form={"verdict": "refused", "step": sequence})
    assert tables(client, batch)[0][0][-1] == ["Total to pay", "GBP", "month", sum]


def test_so_it_is_where_another_upload_was_to_make_the_customer(client, tmp_path):
    load(client, "studio", PRICED, tmp_path)
    names = [f"many{at}.12345.service" for at in range(2)]

    def rows(**values):
        return book("studio", Customers=[{"Company Name": name, **values} for name in names])

    made = approve(client, "studio", forms(["Free"] * 2), "")
    ordered = approve(client, "studio", rows(Package="Professional", Action="Update"), "")
    assert tables(client, ordered)[0][0][-1] == ["Total", "GBP", "month", "19.00"]
    step = re.search(r'name="step" value="(\d+)"', client.get(made).text).group(1)
    client.post(f"{made}/steps", form={"verdict": "refused", "step": step})
    found, _ = tables(client, ordered)
    assert found[0][1:] == [
        ["Professional: refused or taken back", "−1", "9.50", "GBP", "month", "−9.50"],
        ["Total to pay", "GBP", "month", "9.50"]]
    assert [("not to pay" in package) for _, package in found[1]] == [True, False]


def test_many_customers_come_by_the_page(client, tmp_path):
    load(client, "studio", PRICED, tmp_path)
    batch = approve(client, "studio", forms(["Professional"] * MANY_COUNT), "")
    path, names = f"{batch}/finance", []
    for number, count in enumerate([ON_PAGE, ON_PAGE, 1]):
        page = client.get(path)
        assert page.status == 200 and len(page.body) < 100_000
        found, text = tables(client, batch, path)
        # What it costs is said on each.
        assert found[0][0][:2] == ["Professional", f"{MANY_COUNT:,}"]
        assert len(found[1]) == count
        first = number * ON_PAGE + 1
        assert f"{first:,} to {first + count - 1:,} of {MANY_COUNT:,}" in html.unescape(
            re.sub("<[^>]+>", "", text))
        names += [name for name, _ in found[1]]
        links = re.findall(rf'href="{re.escape(batch)}/finance\?page=(\d+)"', text)
        assert {int(link) for link in links} == {1, 2, 3} & {number, number + 2}
        path = f"{batch}/finance?page={number + 2}"
    assert len(set(names)) == len(names) == MANY_COUNT
    # What no page has is none, and tells the way back.
    assert client.get(f"{batch}/finance?page=99").status == 200
    assert client.get(f"{batch}/finance?page=x").status == 200


def test_customers_whose_files_are_gone_are_said_to_be(client, tmp_path):
    batch = approve(client, "studio", MIXED, "")
    [(folder,)] = query(client.server, "SELECT folder FROM attempts JOIN scopes ON scopes.id ="
                        " scope WHERE reseller = ?", client.reseller)
    shutil.rmtree(folder)
    found, text = tables(client, batch)
    assert len(found) == 1 and "have been removed" in text


@pytest.mark.parametrize("medium, width", [("screen", 360), ("screen", 1280), ("print", 720)])
def test_it_is_read_on_screen_and_paper(site, chromium, client, tmp_path, medium, width):
    load(client, "studio", PRICED, tmp_path)
    batch = approve(client, "studio", MIXED, "PO 4711")
    context = chromium.new_context(locale="en", viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "rowgate", "value": client.secret, "url": site.address}])
    page = context.new_page()
    page.emulate_media(media=medium)
    page.goto(f"{site.address}{batch}/finance")
    assert page.get_by_role("cell", name="19.00").first.is_visible()
    assert page.locator(".main-nav").is_visible() == (medium == "screen")
    assert page.get_by_role("link", name="Back to the batch").is_visible() == (medium == "screen")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    SHOTS.mkdir(exist_ok=True, parents=True)
    page.screenshot(path=SHOTS / f"finance-{medium}-{width}.png", full_page=True)
    context.close()


# MARK: - The invoice

LIST = "Company Name,Email Address\nnobody.12345.service,x@nobody.example\n".encode()
INVOICES = [
    ("none chosen", None, 200, False),
    ("of somebody unknown", "Customer,Product,Amount\nghost.12345.service,Gold,99.00\n", 200, True),
    ("empty", "", 400, False),
    ("a workbook that is none", "PK\x03\x04 no book", 400, False),
]


@pytest.mark.parametrize(
    "name, invoice, status, is_told", INVOICES, ids=[row[0] for row in INVOICES])
def test_an_invoice_is_compared_beside_the_list(client, name, invoice, status, is_told):
    parts = [part("list", LIST, "there.csv"),
             part("invoice", (invoice or "").encode(), "invoice.csv" if invoice is not None else "")]
    for order in (parts, parts[::-1]):
        answer = client.send("/portals/studio/compare", *order)
        assert answer.status == status, answer.text
        if status == 200:
            cells = [str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(answer.body))
                     for row in sheet for cell in row]
            assert any("nobody.12345.service" in cell for cell in cells)
            assert any("ghost.12345.service" in cell for cell in cells) == is_told
    # Nothing is left of what was compared.
    incoming = client.server.folder / "data/incoming"
    assert list(incoming.iterdir()) == []


def test_an_invoice_alone_is_no_list(client):
    answer = client.send("/portals/studio/compare", part("invoice", LIST, "invoice.csv"))
    assert answer.status == 400 and "No file was chosen" in answer.text
    assert list((client.server.folder / "data/incoming").iterdir()) == []


def test_what_was_refused_is_said_beside_the_costs(client, tmp_path):
    batch = approve(client, "studio", MIXED, "")
    assert "refused or taken back" not in client.get(f"{batch}/finance").text
    step = re.search(r'name="step" value="(\d+)"', client.get(batch).text).group(1)
    client.post(f"{batch}/steps", form={"verdict": "refused", "step": step, "note": "taken"})
    assert "Pay only for what was set up" in client.get(f"{batch}/finance").text
