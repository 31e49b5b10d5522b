"""Customers in the browser: found, created, changed and deleted by form, from Definitions alone."""

import html
import itertools
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from client import add_account, own_client, query
from conftest import ROOT, SHOTS, Visit

PORTALS = ["studio", "close", "nexudus", "dimensions", "rainbow"]
turn = itertools.count(1)


def tabs(page):
    """The addresses of a portal's sheets."""
    links = page.locator("nav.tabs a")
    return [links.nth(at).get_attribute("href") for at in range(links.count())]


def send(visit):
    visit.page.get_by_role("button", name="Check and go on").click()
    visit.wait()


def approve(visit):
    """Approves the upload, and ends on the page of its batch."""
    visit.page.locator("#approve button").click()
    visit.wait()
    visit.page.get_by_role("link", name=re.compile("Go to batch")).click()
    visit.page.wait_for_url("**/batches/*")


def tick(visit):
    page = visit.page
    page.wait_for_url("**/batches/*")
    for box in page.locator("input[name=step]").all():
        box.check()
    page.get_by_role("button", name="Done").first.click()
    page.wait_for_url("**/batches/*moved=*")


def found(visit, sheet, words):
    """The names that a search finds."""
    page = visit.go(f"/portals/close/records/{sheet}")
    page.get_by_label("Search").fill(words)
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**query=*")
    return page.locator("table.records tbody th").all_inner_texts()


def test_a_contact_is_created_mended_changed_and_deleted_by_form(visit):
    page, number = visit.page, next(turn)
    company, address = f"Records {number} GmbH", f"ann@records{number}.example"
    visit.go("/portals/close/records/companies")
    page.get_by_role("link", name="Create new company").first.click()
    page.get_by_label("Company Name").fill(company)
    page.get_by_label("Customer Status").select_option("customer")
    send(visit)
    assert page.locator("h1").inner_text() == f"Create new company – {company}.xlsx"
    assert (visit.number("ready"), visit.number("to fix")) == (1, 0)
    approve(visit)

    # From the company's own page, where the form knows which company is meant.
    assert found(visit, "companies", company.upper()) == [company]
    page.get_by_role("link", name=company, exact=True).click()
    assert page.locator(".lead .state").inner_text() == "waiting for Close"
    page.get_by_role("link", name="Create new contact").click()
    assert page.get_by_label("Company", exact=True).input_value() == company
    page.get_by_label("Email Address").fill(f"ann-records{number}.example")
    page.get_by_label("First Name").fill("Ann")
    page.get_by_label("Last Name").fill("Müller")
    send(visit)
    # What is wrong is told at the cell, and nothing typed is lost.
    assert (visit.number("ready"), visit.number("to fix")) == (0, 1)
    visit.shoot("records-wrong")
    page.get_by_label(re.compile("Email Address, A2")).fill(address)
    page.get_by_role("button", name=re.compile("Save.*A2")).click()
    visit.wait()
    assert (visit.number("ready"), visit.number("to fix")) == (1, 0)
    approve(visit)
    assert found(visit, "contacts", "müLLer") != []
    assert found(visit, "contacts", address) == [address]
    assert page.locator("table.records .state").inner_text() == "waiting for Close"
    visit.go("/")
    page.locator("a[href^='/batches/']").first.click()
    tick(visit)
    assert found(visit, "contacts", address) == [address]
    assert page.locator("table.records .state").inner_text() == "in Close"
    visit.shoot("records-list")

    # One value is another one: the batch does just that.
    page.get_by_role("link", name=address, exact=True).click()
    visit.shoot("records-record")
    page.get_by_role("link", name=re.compile("^Edit ?:")).click()
    assert page.locator("dl.facts").inner_text().split() == ["Email", "Address", address]
    assert page.get_by_label("First Name").input_value() == "Ann"
    page.get_by_label("Last Name").fill("Maier")
    send(visit)
    approve(visit)
    batch = page.url.split("/")[-1]
    [line] = [json.loads(line) for line in operations(visit, batch)]
    assert line["operation"] == "close.contact.update"
    assert line["data"] == {"lastName": "Maier"}
    tick(visit)
    found(visit, "contacts", address)
    page.get_by_role("link", name=address, exact=True).click()
    history = page.locator("section[aria-labelledby=events]").inner_text()
    assert "Last Name: before, “Müller”" in history

    page.get_by_role("link", name=re.compile("^Delete ?:")).click()
    send(visit)
    assert "Contacts: 1 deleted in Close." in page.locator(".effects").inner_text()
    approve(visit)
    assert found(visit, "contacts", address) == []
    assert page.locator("p.empty").inner_text().startswith("Nothing found")


def test_a_form_leads_back_to_what_it_is_about(visit):
    """And says there what became of it, with the way to what is still to do."""
    page, company = visit.page, f"Back {next(turn)} GmbH"
    notice = page.locator("main .notice")

    def told(words):
        # Where there is a script, it is said a moment later, for who hears the page.
        notice.filter(has_text=words).wait_for()

    def back(name):
        page.get_by_role("link", name=f"Back to {name}", exact=True).click()
        page.wait_for_load_state()
        return page.locator("h1").inner_text()

    visit.go("/portals/close/records/companies/new")
    page.get_by_label("Company Name").fill(company)
    page.get_by_label("Customer Status").select_option("customer")
    send(visit)
    # Nothing is there yet: the list is where it will be.
    page.locator(".crumbs a").last.click()
    assert page.locator("h1").inner_text() == "Companies"
    told(f"“Create new company – {company}” is not approved yet")
    notice.get_by_role("link", name="See and approve").click()
    page.locator("#approve button").click()
    visit.wait()
    assert back(company) == company
    told(f"“Create new company – {company}” is approved")
    visit.shoot("records-back")
    notice.get_by_role("link", name="See the steps").click()
    page.wait_for_url("**/batches/*")

    found(visit, "companies", company)
    page.get_by_role("link", name=company, exact=True).click()
    # As it stands already: nothing is to approve, and the way leads back all the same.
    page.get_by_role("link", name=re.compile("^Edit ?:")).click()
    send(visit)
    assert back(company) == company
    page.get_by_role("link", name=re.compile("^Delete ?:")).click()
    send(visit)
    page.locator("#approve button").click()
    visit.wait()
    # What is deleted has no page any more.
    assert back("Companies") == "Companies"
    told(f"“Delete – {company}” is approved")


def sent(client, path, **fields):
    """The page of the upload that a form makes."""
    form = {f"field.{name}": value for name, value in fields.items()}
    answer = client.post(path, form={"action": "create", **form})
    assert answer.status == 303, answer.text
    client.wait(answer.location)
    return answer.location


def back(client, path):
    """The way back from an upload: where to, and what is called so there."""
    found = re.search(r'class="button" href="([^"]*)">Back to ([^<]*)<', client.get(path).text)
    page = client.get(found.group(1))
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.S).group(1)
    assert heading == found.group(2)
    return found.group(1).partition("?")[0], heading


def test_a_form_leads_back_to_what_it_made_however_many_came_since(server, request):
    client = own_client(server, request)
    companies = "/portals/close/records/companies"
    path = sent(client, f"{companies}/new", name="First GmbH", status="customer")
    client.approve(path)
    lines = "".join(f"Later {number} GmbH\n" for number in range(60))
    client.post(client.offer("close", f"Company Name\n{lines}".encode()).location)
    assert "First GmbH" not in client.get(companies).text
    place, heading = back(client, path)
    assert heading == "First GmbH" and place != companies


def test_what_is_created_from_a_company_leads_back_to_the_company(server, request):
    client = own_client(server, request)
    companies = "/portals/close/records/companies"
    made = sent(client, f"{companies}/new", name="Acme", status="customer")
    client.approve(made)
    company, _ = back(client, made)
    page = client.get(company).text
    form = html.unescape(re.search(r'href="([^"]*/records/contacts/new[^"]*)"', page).group(1))
    # Who changes their mind goes back there, too.
    assert f'href="{company}"' in client.get(form).text.partition("<form")[2]
    path = sent(client, form, email="ann@acme.example", firstName="Ann", lastName="Lee",
                company="Acme")
    crumbs = client.get(path).text.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert f'href="{company}?' in crumbs
    client.approve(path)
    assert back(client, path) == (company, "Acme")
    # Of another's company, or of none, nothing is told.
    other = add_account(server, "eve@sly.example", "Sly", 0)
    for place in (company.partition("/records/")[2], "companies/x", "none/x", "x"):
        page = other.get(f"/portals/close/records/contacts/new?of={place}")
        assert page.status == 200 and company not in page.text


def test_where_a_form_came_from_is_told_to_its_own_reseller_alone(look):
    page = look.go("/portals/close/records/companies?from=" + "0" * 32)
    assert page.locator("main .notice").count() == 0


def operations(visit, batch):
    """The lines of the files of a batch."""
    number, attempt = batch.split("?")[0].split(".")
    [(folder,)] = query(
        visit.server, "SELECT folder FROM attempts WHERE number = ? AND attempt = ?",
        int(number), int(attempt))
    folder = visit.server.folder / folder
    return [line for path in sorted(folder.glob("batch-*.jsonl"))
            for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_form_without_anything_comes_back_and_says_so(look):
    page = look.go("/portals/close/records/hosts/new?action=unlink")
    page.get_by_role("button", name="Check and go on").click()
    assert page.locator("[role=alert]").inner_text().endswith("Fill in at least one field.")
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert "Unlink" in page.locator("h1").inner_text()


def test_a_record_leads_to_where_the_portal_shows_it(visit):
    page, slug = visit.page, f"birch-{next(turn)}"
    visit.go("/portals/nexudus/records/customers/new")
    for field, value in (
            ("name", slug), ("webAddress", slug), ("country", "Germany"), ("currency", "EUR"),
            ("timeZone", "Europe/Berlin")):
        page.locator(f"[name='field.{field}']").fill(value)
    send(visit)
    approve(visit)
    visit.go("/portals/nexudus/records/customers")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=slug, exact=True))
    link = row.locator("a.there", has_text="Open in Nexudus")
    assert link.get_attribute("href") == f"https://{slug}.spaces.nexudus.com/"
    assert link.get_attribute("rel") == "noreferrer"
    page.get_by_role("link", name=slug, exact=True).click()
    link = page.get_by_role("link", name="Open in Nexudus")
    assert link.get_attribute("href") == f"https://{slug}.spaces.nexudus.com/"


def test_what_a_sheet_without_records_asked_for_is_told(visit):
    page = visit.go("/portals/rainbow/records/answers")
    page.get_by_role("link", name=re.compile("^Decline")).click()
    page.locator("form.card input[name^='field.']").first.fill(f"Request {next(turn)}")
    send(visit)
    assert "Decline" in page.locator("h1").inner_text()
    assert visit.number("rows") == 1


@pytest.mark.parametrize("address", [
    "/portals/close/records/nothing", "/portals/nothing/records/companies",
    "/portals/close/records/companies/0000000000000000",
    "/portals/close/records/companies/0000000000000000/edit",
    "/portals/close/records/companies/new?action=delete",
])
def test_what_is_not_there_is_not_there(look, address):
    answer = look.page.goto(f"{look.server.address}{address}")
    assert answer.status == 404


@pytest.mark.parametrize("words", ["%", "'", "\" OR 1", "\\", "<b>", "&amp;", "ß", "x" * 500])
def test_any_words_may_be_searched_for(look, words):
    page = look.go("/portals/close/records/companies")
    page.get_by_label("Search").fill(words)
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**query=*")
    assert page.get_by_label("Search").input_value() == words[:200]


@pytest.mark.parametrize("portal", PORTALS)
@pytest.mark.parametrize("language, width, colours", [
    ("en", 1280, ["light", "dark"]), ("de", 360, ["dark", "light"])])
def test_every_portal_has_its_lists_and_forms(
        server, chromium, state, portal, language, width, colours):
    context = chromium.new_context(
        storage_state=state, locale=language, color_scheme=colours[0],
        # Colours on their way from light to dark are nobody's.
        reduced_motion="reduce", viewport={"width": width, "height": 800})
    page = context.new_page()
    first = re.search(
        r"sheets:\n  - id: (\w+)",
        (ROOT / f"Templates/{portal}/portal.yaml").read_text(encoding="utf-8")).group(1)
    page.goto(f"{server.address}/portals/{portal}/records/{first}")
    sheets = tabs(page)
    assert len(sheets) >= 3
    for sheet in sheets:
        page.goto(f"{server.address}{sheet}")
        look_at(page)
        forms = [link.get_attribute("href") for link in page.locator(".beside .buttons a").all()]
        assert forms, sheet
        for form in forms:
            assert page.goto(f"{server.address}{form}").status == 200
            assert page.locator("form.card .field").count() > 0, form
    # Forms are alike: one of them for everybody's eyes.
    look_at(page)
    page.emulate_media(color_scheme=colours[1])
    look_at(page)
    SHOTS.mkdir(exist_ok=True, parents=True)
    page.screenshot(path=SHOTS / f"records-{portal}-{language}.png", full_page=True)
    page.goto(f"{server.address}{sheets[0]}")
    look_at(page)
    context.close()


def look_at(page):
    """A page that everybody can use, and that fits."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert len(page.content()) < 100_000, page.url
    results = Axe().run(page, options={
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert not results.violations_count, results.generate_report()
