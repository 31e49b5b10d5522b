"""An admin changes what holds for their uploads, by the same rules as the command that loads it."""

import html.parser
import re
import subprocess
import zlib

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from client import add_account, begin_session, database, part, query
from conftest import BINARY, ROOT, SHOTS, Server

STUDIO = ROOT / "Fixtures/studio"
PORTALS = ["studio", "close", "nexudus", "dimensions", "rainbow"]
PAGE = "/portals/studio/settings"


class Fields(html.parser.HTMLParser):
    """What a browser would send of a page's last form."""

    def __init__(self, text):
        super().__init__()
        self.all, self.select, self.area = {}, None, None
        self.feed(text.partition('<form class="settings')[2])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name, value = attributes.get("name"), attributes.get("value", "")
        if tag == "input" and (attributes.get("type") != "checkbox" or "checked" in attributes):
            self.all[name] = value
        elif tag == "select":
            self.select, self.all[name] = name, ""
        elif tag == "option" and self.select and "selected" in attributes:
            self.all[self.select] = value
        elif tag == "textarea":
            self.area, self.all[name] = name, ""

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self.select = self.area = None

    def handle_data(self, data):
        if self.area:
            self.all[self.area] += data.removeprefix("\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("settings"))
    yield server
    server.stop()


@pytest.fixture
def client(site, request):
    """An admin of a reseller of their own."""
    name = f"Acme {zlib.crc32(request.node.name.encode())}"
    client = add_account(site, f"{name.replace(' ', '')}@acme.example".lower(), name, 1)
    client.email = f"{name.replace(' ', '')}@acme.example".lower()
    client.reseller = name
    return client


def save(client, changes, portal="studio"):
    path = f"/portals/{portal}/settings"
    fields = Fields(client.get(path).text).all
    return client.post(path, form=fields | changes)


def remembered(client, portal="studio"):
    return yaml.safe_load(client.get(f"/portals/{portal}/settings.yaml").text)


def kept(client):
    return query(client.server, "SELECT text, actor FROM settings JOIN scopes ON scopes.id = scope"
                 " WHERE reseller = ?", client.reseller)


GOLD = {"packages[1].name": "Gold", "packages[1].paid": "true", "packages[1].price": "9.50",
        "packages[1].currency": "GBP", "packages[1].per": "month"}


def test_what_is_saved_is_what_the_command_shows(client):
    assert kept(client) == []
    answer = save(client, GOLD)
    assert (answer.status, answer.location) == (303, f"{PAGE}?saved=1#content"), answer.text
    page = client.get(f"{PAGE}?saved=1").text
    assert "Your settings hold from now on" in page and 'value="Gold"' in page
    shown = subprocess.run(
        [BINARY, "settings", "show", "studio", "--ledger", database(client.server),
         f"--reseller={client.reseller}"], capture_output=True, text=True, check=True).stdout
    assert yaml.safe_load(shown) == {"packages": [
        {"name": "Free", "paid": False},
        {"name": "Gold", "paid": True, "price": 9.5, "currency": "GBP", "per": "month"}]}
    assert client.get("/portals/studio/settings.yaml").text == shown
    assert query(client.server, "SELECT action, object, actor FROM audit WHERE reseller = ?",
                 client.reseller) == [("load", "settings", client.email)]


def test_what_is_saved_unchanged_says_nothing(client):
    assert save(client, {}).status == 303
    assert [text for text, _ in kept(client)] == [""]


@pytest.mark.parametrize("portal", PORTALS)
def test_every_portal_saves_what_it_shows(client, portal):
    before = remembered(client, portal)
    assert save(client, {}, portal).status == 303
    assert not remembered(client, portal)
    assert before["columns"] == []


def test_prices_are_said_before_an_upload_is_approved(client):
    # A price with a comma, as people write it in German.
    save(client, GOLD | {"packages[1].name": "Professional", "packages[1].price": "9,50"})
    client.send("/portals/studio/lists/domains",
                part("list", (STUDIO / "domains.csv").read_bytes(), "domains.csv"))
    path = client.upload("studio", (STUDIO / "mixed.xlsx").read_bytes())
    assert "2 paid packages Professional: GBP 19.00 a month together." in client.wait(path).text
    german = client.get(path, headers={"Accept-Language": "de"}).text
    assert "GBP 19.00 im Monat" in german and "month" not in german


def test_an_upload_from_before_is_asked_for_anew(client):
    client.send("/portals/studio/lists/domains",
                part("list", (STUDIO / "domains.csv").read_bytes(), "domains.csv"))
    path = client.upload("studio", (STUDIO / "mixed.xlsx").read_bytes())
    page = client.wait(path).text
    name = re.search(r"paid packages? (\w+)", page).group(1)
    save(client, GOLD | {"packages[1].name": name})
    digest = re.search(r'name="digest" value="(\w+)"', page).group(1)
    count = re.search(r'for="charges">\D*(\d[\d,]*)', page).group(1)
    client.post(f"{path}/approve", form={
        "digest": digest, "charges": count, "withoutList": "yes", "note": ""})
    page = client.wait(path).text
    assert "Prices, lists or rows have changed" in page and "GBP" in page
    assert "/batches/" not in page


WRONG = [
    ("studio", {"packages[1].name": "Gold", "packages[1].paid": "true",
                "packages[1].price": "dear"}, "packages-1-price", "Type a price"),
    ("studio", {"packages[1].paid": "true"}, "packages-1-name", "Fill this in"),
    ("studio", {"packages[1].name": "Gold"}, "packages-1-paid", "Fill this in"),
    ("studio", {"packages[1].name": "Gold", "packages[1].paid": "true",
                "packages[1].price": "1,500"}, "packages-1-price", "Type a price"),
    ("studio", {"packages[0].validFrom": "soon"}, "packages-0-validFrom", "Type a day"),
    ("studio", {"packages[0].paid": "maybe"}, "packages-0-paid", "Choose yes or no"),
    ("studio", {"platform": " "}, "platform", "cannot stand here"),
    ("studio", {"columns[0].sheet": "customers"}, "columns-0-header", "Fill this in"),
    ("studio", {"columns[0].sheet": "elsewhere", "columns[0].header": "A"}, "columns-0-sheet",
     "Fill this in"),
    ("studio", {"columns[0].sheet": "customers", "columns[0].header": "A",
                "columns[0].length": "-3"}, "columns-0-length", "Type a whole number"),
    ("studio", {"columns[0].sheet": "customers", "columns[0].header": "Email Address"},
     "columns-0-header", "header of another column"),
    ("close", {"trialDays": "a month"}, "trialDays", "Type a whole number"),
    ("dimensions", {"roles[0].id": ""}, "roles-0-id", "Fill this in"),
    ("close", {"portalAddress": "http://close.example"}, "portalAddress", "Copy the whole address"),
    ("rainbow", {"portalAddress": "javascript:alert(1)"}, "portalAddress", "Copy the whole"),
    ("studio", {"portalAddress": "https://a@b.example"}, "portalAddress", "Copy the whole"),
    ("nexudus", {"portalAddress": "https://x.example/\"><b>"}, "portalAddress", "Copy the whole"),
    ("dimensions", {"productTypes[0].regions": "uk"}, "productTypes-0-name", "Fill this in"),
]


@pytest.mark.parametrize("portal, typed, place, words", WRONG)
def test_what_is_not_taken_is_told_at_its_field(client, portal, typed, place, words):
    before = kept(client)
    answer = save(client, typed, portal)
    assert answer.status == 422
    told = answer.text.partition('role="alert"')[2].partition("</ul>")[0]
    assert f'href="#{place}' in told and words in told, told
    assert re.search(rf'id="{place}[^"]*-error">[^<]*{words}', answer.text)
    assert re.search(rf'<\w+ id="{place}[^>]*aria-invalid="true"', answer.text)
    again = Fields(answer.text).all
    for name, value in typed.items():
        assert again[name] == value.strip() or value == "maybe", name
    assert kept(client) == before


def test_all_that_is_wrong_is_told_at_once(client):
    answer = save(client, {
        "platform": "", "packages[1].name": "Gold", "packages[1].paid": "true",
        "packages[1].price": "dear", "packages[2].price": "1"})
    assert re.findall(r'href="#(packages|platform)', answer.text) == [
        "packages", "packages", "platform"]


def test_who_saves_over_somebody_is_asked_first(site, client):
    fields = Fields(client.get(PAGE).text).all
    other = begin_session(site, client.email)
    assert save(other, {"platform": "Theirs"}).status == 303
    answer = client.post(PAGE, form=fields | {"platform": "Mine"})
    assert answer.status == 422 and "Somebody else has saved" in answer.text
    assert remembered(client) == {"platform": "Theirs"}
    answer = client.post(PAGE, form=Fields(answer.text).all)
    assert (answer.status, remembered(client)) == (303, {"platform": "Mine"})


def test_what_nobody_touches_stays_as_it_was_loaded(client, tmp_path):
    path = tmp_path / "settings.yaml"
    path.write_text("columns: [{sheet: companies, header: A}]\ncompanyTypes: [A, B]\n")
    subprocess.run(
        [BINARY, "settings", "load", "close", path, "--ledger", database(client.server),
         f"--reseller={client.reseller}"], check=True, capture_output=True)
    assert save(client, {"trialDays": "30"}, "close").status == 303
    assert remembered(client, "close") == {
        "companyTypes": ["A", "B"], "trialDays": 30,
        "columns": [{"sheet": "companies", "header": "A"}]}


def test_settings_reach_the_template_and_the_form(client):
    save(client, GOLD | {"platform": "Other Platform", "columns[0].sheet": "customers",
                         "columns[0].header": "Account manager"})
    told = client.get("/portals/studio/template.xlsx").plain
    form = client.get("/portals/studio/records/customers/new").text
    for words in ("Gold", "Other Platform", "Account manager"):
        assert words in told and words in form, words


@pytest.mark.parametrize("portal", PORTALS)
def test_pages_lead_to_the_portal_of_ones_own(site, client, portal):
    other = add_account(site, f"other-{client.email}", f"Other {client.reseller}", 1)
    path, address = f"/portals/{portal}", f"https://{portal}.acme.example/start"
    title = yaml.safe_load((ROOT / f"Templates/{portal}/portal.yaml").read_text())["title"]
    sheet = re.search(rf'href="({path}/records/\w+)"', client.get(path).text).group(1)
    link = f'href="{address}" rel="noreferrer">Open {title}</a>'
    assert link not in client.get(path).text
    assert save(client, {"portalAddress": address}, portal).status == 303
    for page in (path, sheet):
        assert link in client.get(page).text, page
        assert address not in other.get(page).text
    assert save(client, {"portalAddress": ""}, portal).status == 303
    assert address not in client.get(path).text


def test_customers_and_batches_lead_to_the_portal(client):
    save(client, {"portalAddress": "https://studio.acme.example"})
    path = client.upload("studio", (STUDIO / "good.xlsx").read_bytes())
    link = 'href="https://studio.acme.example" rel="noreferrer">Open Luminate Studio</a>'
    assert link in client.get(client.approve(path)).text
    records = client.get("/portals/studio/records/customers").text
    record = re.search(r'href="(/portals/studio/records/customers/\w{16,})"', records).group(1)
    assert link in client.get(record).text


@pytest.mark.parametrize("script", [True, False])
def test_a_row_is_added_and_taken_out(site, chromium, client, script):
    context = chromium.new_context(locale="en", java_script_enabled=script)
    context.add_cookies([{"name": "rowgate", "value": client.secret, "url": site.address}])
    page = context.new_page()
    page.goto(f"{site.address}/portals/studio")
    page.get_by_role("link", name="Settings", exact=True).click()
    page.get_by_label("Package, new row 2").fill("Gold")
    page.get_by_label("Costs money, new row 2").select_option("Yes")
    page.get_by_label("Price, new row 2").fill("lots")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("location.hash") == "#packages-1-price"
    page.locator("#packages-1-price").fill("9.50")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("saved=1"))
    page.get_by_label("Remove Free").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    assert remembered(client) == {"packages": [{"name": "Gold", "paid": True, "price": 9.5}]}
    context.close()


@pytest.mark.parametrize("portal", PORTALS)
@pytest.mark.parametrize("language, width, colours", [("en", 360, "light"), ("de", 1280, "dark")])
def test_every_page_of_settings_is_for_everybody(
        site, chromium, client, portal, language, width, colours):
    context = chromium.new_context(
        locale=language, viewport={"width": width, "height": 800}, color_scheme=colours)
    context.add_cookies([{"name": "rowgate", "value": client.secret, "url": site.address}])
    page = context.new_page()
    answer = page.goto(f"{site.address}/portals/{portal}/settings")
    assert len(answer.body()) < 100_000
    results = Axe().run(page, options={
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not re.search(r"\bsettings\.[a-z_]+", page.locator("main").inner_text())
    SHOTS.mkdir(exist_ok=True, parents=True)
    page.screenshot(path=SHOTS / f"settings-{portal}-{width}.png", full_page=True)
    context.close()


def test_a_plain_user_sees_no_way_there(site, client):
    user = add_account(site, f"user-{client.email}", client.reseller, 0)
    assert PAGE not in user.get("/portals/studio").text
    assert user.get(PAGE).status == 404
