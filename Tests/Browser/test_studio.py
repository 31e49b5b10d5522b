"""Luminate Studio in the browser: from the template to the ticked step."""

import itertools
import re

import openpyxl
import pytest
from playwright.sync_api import expect

BATCH = re.compile(r"Go to batch")
turn = itertools.count(1)


def fill(template, path, rows):
    """Fills rows of a downloaded template as somebody does in Excel."""
    book = openpyxl.load_workbook(template)
    sheet = book["Customers"]
    titles = [str(cell.value).rstrip(" *") for cell in sheet[1]]
    for at, row in enumerate(rows, 2):
        for title, value in row.items():
            sheet.cell(at, titles.index(title) + 1, value)
    book.save(path)


def company(name, **more):
    return {
        "Company Name": f"{name}.12345.service", "Email Address": f"ann@{name}.example",
        "First Name": "Ann", "Last Name": "Lee", "Platform": "Luminate Wholesale"} | more


@pytest.fixture
def book(visit, tmp_path):
    """A workbook of six customers, each fault in a row of its own, and the list they are in."""
    names = [f"c{next(turn)}x{at}" for at in range(6)]
    (tmp_path / "domains.csv").write_text(
        "domain\n" + "".join(f"{name}.12345.service\n" for name in names))
    visit.load("studio", tmp_path / "domains.csv")
    visit.go("/portals/studio")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="Download the blank template").click()
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    rows = [company(name) for name in names]
    rows[1]["Platform"] = None
    rows[2]["Email Address"] = "ann.example"
    rows[3]["First Name"] = None
    fill(template, tmp_path / "march.xlsx", rows)
    return tmp_path / "march.xlsx"


def test_a_reseller_goes_from_the_template_to_the_ticked_step(visit, book, tmp_path):
    page = visit.page
    visit.upload("studio", book)
    assert (visit.number("ready"), visit.number("to fix")) == (3, 3)
    assert [(bar.get_attribute("class"), bar.get_attribute("x"), bar.get_attribute("width"))
            for bar in visit.page.locator("svg.shares rect").all()] == [
                ("good", "0", "500"), ("bad", "500", "500")]
    # A suggestion for one, a value typed for another, in place.
    page.get_by_role("button", name=re.compile("Use .*Luminate Wholesale.*F3")).click()
    visit.wait()
    assert visit.number("to fix") == 2
    page.get_by_label(re.compile("Email Address, B4")).fill(f"ann@mended{next(turn)}.example")
    page.get_by_role("button", name=re.compile(r"Save.*B4")).click()
    visit.wait()
    assert (visit.number("ready"), visit.number("to fix")) == (5, 1)
    # The last one in Excel.
    with page.expect_download() as download:
        page.locator("a[href$='/files/rejected.xlsx']").click()
    rejected = tmp_path / "rejected.xlsx"
    download.value.save_as(rejected)
    # Approve says what happens before the button, and does it.
    assert "5" in page.locator(".effects").inner_text()
    page.locator("#approve button").click()
    visit.wait()
    page.get_by_role("link", name=BATCH).click()
    page.wait_for_url("**/batches/*")
    number = re.search(r"/batches/(\S+)", page.url).group(1)
    # Tick a step, and see who did it.
    page.locator("input[name=step]").first.check()
    page.get_by_role("button", name="Done").first.click()
    page.wait_for_url("**/batches/*moved=1")
    assert page.locator(".state.done").count() == 1
    # The mended rest is the next try of the same upload.
    sheet = openpyxl.load_workbook(rejected)
    rows = sheet["Customers"]
    at = [cell.value for cell in rows[1]]
    column = next(i for i, title in enumerate(at, 1) if str(title).startswith("First Name"))
    rows.cell(2, column, "Bea")
    sheet.save(rejected)
    visit.upload("studio", rejected)
    assert (visit.number("ready"), visit.number("to fix")) == (1, 0)
    assert page.locator(".since").inner_text() == (
        f"Since upload {number}: 1 fixed, 0 still wrong, 0 newly wrong, "
        "0 not in the workbook any more.")
    page.locator("#approve button").click()
    visit.wait()
    assert re.search(rf"{number.split('.')[0]}\.2", page.content())


def test_what_changed_since_is_approved_anew(visit, book, tmp_path):
    visit.upload("studio", book)
    assert visit.number("ready") == 3
    seen = visit.page.url
    (tmp_path / "fewer.csv").write_text("domain\nnobody.12345.service\n")
    other = visit.page.context.new_page()
    type(visit)(other, visit.server).load("studio", tmp_path / "fewer.csv")
    visit.page.locator("#approve button").click()
    visit.wait()
    assert visit.page.url.startswith(seen)
    assert visit.page.locator("[role=alert]").count() == 1
    assert visit.number("ready") == 0


def test_a_file_that_is_none_is_refused_in_words(visit, tmp_path):
    path = tmp_path / "customers.xlsx"
    path.write_text("Company Name;Email Address\nacme;ann@acme.example\n")
    visit.upload("studio", path)
    assert "type.csv" in visit.page.locator(".failure").inner_text()


def test_paid_packages_are_confirmed_by_their_number(visit, book):
    sheet = openpyxl.load_workbook(book)
    rows = sheet["Customers"]
    titles = [str(cell.value).rstrip(" *") for cell in rows[1]]
    for at in (2, 6):
        rows.cell(at, titles.index("Package") + 1, "Professional")
    sheet.save(book)
    visit.upload("studio", book)
    heading = visit.page.locator("h1").inner_text()
    charges = visit.page.locator("#charges")
    charges.fill("7")
    visit.page.locator("#note").fill("as agreed")
    visit.page.locator("#approve button").click()
    # It comes back to the same page, which says so first and keeps what was typed.
    problem = visit.page.locator("main [role=alert]")
    expect(problem).to_contain_text("2 paid packages are in this upload")
    expect(visit.page.locator("h1")).to_have_text(heading)
    visit.page.wait_for_load_state()
    assert visit.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    problem.get_by_role("link").click()
    assert visit.page.evaluate("document.activeElement.id") == "charges"
    assert (charges.input_value(), charges.get_attribute("aria-invalid")) == ("7", "true")
    assert visit.page.locator("#note").input_value() == "as agreed"
    visit.shoot("approve-again")
    visit.page.locator("#charges").fill("2")
    visit.page.locator("#approve button").click()
    visit.wait()
    assert visit.page.get_by_role("link", name=BATCH).count() == 1
