"""The administrator of the site lowers limits: for all, or for one reseller alone."""

import io
import re
import time

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from client import add_account, change, multipart, part, query, raw
from conftest import ROOT, SECONDS, SHOTS, Server, book_of
from test_api import Program, documented, let_in, strict

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
MIXED = (ROOT / "Fixtures/studio/mixed.xlsx").read_bytes()
MIB = 1 << 20
NONE = {"size": "", "rows": "", "waiting": "", "hourly": "", "days": ""}


class Site:
    """A site with its administrator, and two resellers."""

    def __init__(self, folder, *arguments):
        self.server = Server(folder, *arguments)
        Program.document = strict(documented(self.server))
        self.sam = add_account(self.server, "sam@office.example", "Office", 2)
        self.ann = add_account(self.server, "ann@acme.example", "Acme & Söhne", 1)
        self.bob = add_account(self.server, "bob@beta.example", "Beta", 1)
        self.programs = [Program(self.server, let_in(one)) for one in (self.ann, self.bob)]

    def say(self, reseller="Acme & Söhne", **limits):
        answer = self.sam.post("/limits", form=NONE | {"reseller": reseller} | limits)
        assert answer.status == 303, answer.text
        return self.sam.get(answer.location)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("limits"), "--keep-days", "60")
    yield site
    site.server.stop()


@pytest.fixture
def own_site(tmp_path):
    """One that a test may stop and start."""
    site = Site(tmp_path / "site")
    yield site
    site.server.kill()


@pytest.fixture(autouse=True)
def nothing_said(request):
    """Each test begins with what the server was started with."""
    if "site" in request.fixturenames:
        site = request.getfixturevalue("site")
        change(site.server, "DELETE FROM limits")


def padded(size):
    """A file of a size."""
    return GOOD + bytes(size - len(GOOD))


def by_page(site, who, data):
    client = [site.ann, site.bob][who]
    return client.send("/portals/studio/uploads", part("workbook", data, "a.xlsx")).status


def by_list(site, who, data):
    client = [site.ann, site.bob][who]
    return client.send("/portals/studio/lists/domains", part("list", data, "a.csv")).status


def by_put(site, who, data):
    return site.programs[who].ask("PUT", "/imports/studio/a.xlsx", data).status


def by_form(site, who, data):
    return site.programs[who].post(data).status


def chunked(method, path, head, data):
    """A request that does not say how large it is."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", "Transfer-Encoding: chunked",
             "Connection: close", *head]
    pieces = [data[at:at + (64 << 10)] for at in range(0, len(data), 64 << 10)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + b"".join(
        f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"


def by_put_in_chunks(site, who, data):
    head = [f"Authorization: Bearer {site.programs[who].token}"]
    sent = chunked("PUT", "/api/v1/imports/studio/a.xlsx", head, data)
    return int(raw(site.server, sent).split()[1])


def by_page_in_chunks(site, who, data):
    client = [site.ann, site.bob][who]
    head = [f"Cookie: rowgate={client.secret}", "Sec-Fetch-Site: same-origin",
            "Content-Type: multipart/form-data; boundary=between-the-parts"]
    body = multipart(part("workbook", data, "a.xlsx"))
    sent = chunked("POST", "/portals/studio/uploads", head, body)
    return int(raw(site.server, sent).split()[1])


WAYS = {"page": by_page, "page in chunks": by_page_in_chunks, "list": by_list, "put": by_put,
        "put in chunks": by_put_in_chunks, "form of a program": by_form}


@pytest.mark.parametrize("send", WAYS.values(), ids=WAYS)
def test_a_file_that_is_larger_than_one_reseller_may_send_is_not_taken(site, send):
    site.say(size="1")
    # To the byte, and for that reseller alone.
    assert send(site, 0, padded(MIB + 1)) == 413
    assert send(site, 0, padded(MIB)) != 413
    assert send(site, 1, padded(MIB + 1)) != 413
    site.say("", size="1")
    assert send(site, 1, padded(MIB + 1)) == 413


def test_who_sends_too_much_is_told_how_much_is_taken(site):
    site.say(size="1")
    page = site.ann.send("/portals/studio/uploads", part("workbook", padded(2 * MIB), "a.xlsx"))
    assert page.status == 413 and "Files of 1 MB at most" in page.text
    told = site.programs[0].put("studio", padded(2 * MIB), status=413)
    assert "Files of 1 MB at most" in told.text
    assert "of 1 MB at most" in site.ann.get("/portals/studio").text
    assert "of 128 MB at most" in site.bob.get("/portals/studio").text


def test_of_more_rows_than_one_reseller_may_send_none_is_judged(site):
    count = openpyxl.load_workbook(io.BytesIO(GOOD))["Customers"].max_row - 1
    site.say(rows=f"{count - 1}")
    page = site.ann.wait(site.ann.upload("studio", GOOD)).text
    assert f"More rows are filled in than are taken at once: at most {count - 1}." in page
    location = site.programs[0].put("studio", GOOD).location
    told = site.programs[0].wait(location)
    assert "rows.too_many" in str(told), told
    assert "rows.too_many" not in site.bob.wait(site.bob.upload("studio", GOOD)).text
    site.say(rows=f"{count}")
    page = site.ann.wait(site.ann.upload("studio", GOOD)).text
    assert "More rows are filled in" not in page and 'name="digest"' in page


def test_a_lower_limit_holds_for_what_is_approved(site):
    path = site.ann.upload("studio", GOOD)
    page = site.ann.wait(path).text
    digest = re.search(r'name="digest" value="(\w+)"', page).group(1)
    site.say(rows="1")
    site.ann.post(f"{path}/approve", form={
        "digest": digest, "charges": "0", "withoutList": "yes", "note": ""})
    page = site.ann.wait(path).text
    assert "/batches/" not in page and "More rows are filled in than are taken at once" in page


def test_so_many_uploads_wait_as_one_reseller_may_have(site):
    site.say(waiting="2")
    long = book_of(20_000)
    told = [by_page(site, 0, long) for _ in range(12)]
    assert told[0] == 303 and 429 in told
    assert set(told) == {303, 429}
    assert by_put(site, 0, GOOD) == 429
    assert site.ann.post(
        "/portals/studio/records/customers/new", form={"field.firstName": "Ann"}).status == 429
    assert [by_page(site, 1, GOOD) for _ in range(5)] == [303] * 5
    # Those that were taken are all checked.
    deadline = time.monotonic() + SECONDS
    while query(site.server, "SELECT 1 FROM uploads WHERE state IN (0, 1)"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_reseller_reads_what_holds_for_them(site):
    site.say(size="20", rows="5000", waiting="7", hourly="40", days="30")
    told = site.ann.get("/portals/studio/settings").text
    for words in ("20 MB at most", "5,000 rows", "7 of your uploads",
                  "upload 40 workbooks within an hour", "kept for 30 days", "Leave it blank for the 30 days"):
        assert words in told, words
    told = site.bob.get("/portals/studio/settings").text
    for words in ("128 MB at most", "1,048,576 rows", "1,000 of your uploads",
                  "upload 1,000,000 workbooks within an hour", "kept for 60 days"):
        assert words in told, words


REFUSED = [
    ("", "size", "129", "more than the 128 that the server was started with"),
    ("", "days", "61", "more than the 60 that the server was started with"),
    ("", "rows", "1048577", "more than the 1,048,576 that the server was started with"),
    ("", "waiting", "1001", "more than the 1,000 that the server was started with"),
    ("", "hourly", "1000001", "more than the 1,000,000 that the server was started with"),
    ("Beta", "size", "51", "more than the 50 that hold for every company"),
    ("Beta", "rows", "0", "a whole number from 1 to 1,048,576"),
    ("Beta", "waiting", "some", "a whole number from 1 to 1,000"),
    ("Beta", "days", "-1", "a whole number from 1 to 60"),
]


@pytest.mark.parametrize("reseller, limit, typed, words", REFUSED)
def test_a_higher_one_is_refused_beside_its_field(site, reseller, limit, typed, words):
    site.say("", size="50")
    before = query(site.server, "SELECT * FROM limits")
    answer = site.sam.post(
        "/limits", form=NONE | {"reseller": reseller, "waiting": "9", limit: typed})
    assert answer.status == 422
    assert re.search(rf'id="{limit}-error">[^<]*{words}', answer.text), answer.text
    assert re.search(rf'<input id="{limit}" name="{limit}" value="{typed}"', answer.text)
    assert f'href="#{limit}"' in answer.text
    assert query(site.server, "SELECT * FROM limits") == before


def test_what_holds_for_all_holds_for_who_was_allowed_more(site):
    site.say("Beta", days="40")
    site.say("", days="20")
    assert "kept for 20 days" in site.bob.get("/portals/studio/settings").text
    assert "kept for 20 days" in site.ann.get("/portals/studio/settings").text


def test_what_was_said_is_in_both_histories_with_what_was_said_before(site):
    anns = site.ann.get("/audit.csv").text
    site.say("Beta", size="20")
    site.say("Beta", size="10", days="9")
    site.say("", rows="5000")
    for client, count in ((site.sam, 3), (site.bob, 2)):
        page = client.get("/audit?query=changed+limits").text
        assert "sam@office.example" in page
        assert page.count("changed limits of uploads") >= count
        assert "Largest file, in MB: 20 → 10; Days uploads are kept: blank → 9" in page
    assert "all companies" in site.sam.get("/audit").text
    assert site.ann.get("/audit.csv").text == anns
    raw_lines = site.bob.get("/audit.csv").text
    assert '"limits","Beta","size=20→10 days=-→9"' in raw_lines
    # Nothing is in it where nothing was changed.
    before = len(site.sam.get("/audit.csv").text.splitlines())
    site.say("", rows="5000")
    assert len(site.sam.get("/audit.csv").text.splitlines()) == before


def test_a_reseller_that_is_not_there_has_no_limits(site):
    assert site.sam.get("/limits?reseller=Nobody").status == 404
    assert site.sam.post("/limits", form=NONE | {"reseller": "Nobody"}).status == 404
    for client in (site.ann, site.bob):
        assert client.get("/limits").status == 404
        assert client.post("/limits", form=NONE | {"size": "1"}).status == 404
        assert "/limits" not in client.get("/").text
    assert query(site.server, "SELECT * FROM limits") == []


def test_what_was_said_outlives_the_server_and_removes_what_is_older(own_site):
    site = own_site
    site.say(days="7")
    site.say("", days="20")
    names = {}
    for client, reseller, age in ((site.ann, "Acme", 10), (site.bob, "Beta", 10),
                                  (site.bob, "Beta", 30)):
        path = client.upload("studio", GOOD, f"{age}.xlsx")
        client.wait(path)
        names[reseller, age] = path.split("/")[-1]
        then = time.strftime(
            "%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - age * 24 * 60 * 60))
        change(site.server, "UPDATE uploads SET time = ? WHERE id = ?", then,
               names[reseller, age])
    site.server.stop()
    site.server.start()
    deadline = time.monotonic() + SECONDS
    while query(site.server, "SELECT id FROM uploads") != [(names["Beta", 10],)]:
        assert time.monotonic() < deadline, query(site.server, "SELECT id, time FROM uploads")
        time.sleep(0.05)
    assert "kept for 7 days" in site.ann.get("/portals/studio/settings").text
    site.server.kill()
    site.server.start()
    assert 'name="days" value="20"' in site.sam.get("/limits").text


@pytest.mark.parametrize("script", [True, False])
def test_somebody_lowers_limits_of_one_company(site, chromium, script):
    context = chromium.new_context(locale="en", java_script_enabled=script)
    context.add_cookies([
        {"name": "rowgate", "value": site.sam.secret, "url": site.server.address}])
    page = context.new_page()
    page.goto(site.server.address)
    page.get_by_role("link", name="Limits").click()
    page.locator("select[name=reseller]").select_option("Acme & Söhne")
    page.get_by_role("button", name="Show its limits").click()
    page.get_by_role("heading", name="Limits of Acme & Söhne", exact=True).wait_for()
    page.get_by_label("Largest file, in MB").fill("200")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("location.hash") == "#size"
    page.get_by_label("Largest file, in MB").fill("25")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("These limits hold from now on").wait_for()
    row = page.get_by_role("row").filter(has_text="Acme & Söhne")
    assert "25" in row.inner_text() and "as for all" in row.inner_text()
    page.get_by_label("Largest file, in MB").fill("")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("No company has limits of its own").wait_for()
    context.close()


@pytest.mark.parametrize("language, width, colours", [
    ("en", 360, "light"), ("de", 360, "dark"), ("de", 1280, "light"), ("en", 1280, "dark")])
def test_the_page_of_limits_is_for_everybody(site, chromium, language, width, colours):
    site.say("Beta", size="20", days="14")
    site.say(rows="5000")
    context = chromium.new_context(
        locale=language, viewport={"width": width, "height": 800}, color_scheme=colours)
    context.add_cookies([
        {"name": "rowgate", "value": site.sam.secret, "url": site.server.address}])
    page = context.new_page()
    SHOTS.mkdir(exist_ok=True, parents=True)
    for name, path in {"all": "/limits", "one": "/limits?reseller=Beta", "wrong": None}.items():
        if path:
            page.goto(f"{site.server.address}{path}")
        else:
            page.locator("#size").fill("500")
            page.locator("main button.primary").click()
            page.get_by_role("alert").wait_for()
        results = Axe().run(page, options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not re.search(r"\blimits\.[a-z_]+", page.locator("main").inner_text())
        page.screenshot(path=SHOTS / f"limits-{name}-{colours}-{width}.png", full_page=True)
    context.close()
