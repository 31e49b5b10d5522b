"""F: markup in whatever somebody hands in, seen in a real browser. Numbers are those of
../hostile.md."""

import io
import re

import openpyxl
import pytest

from client import add_account, part
from conftest import ROOT, Server
from test_finance import PRICED, load

RUN = "window.ran = 1"
SCRIPT = f"<script>{RUN}</script>"
IMAGE = f'"><img src=x onerror="{RUN}">'
CLOSING = f"</textarea></title><svg onload='{RUN}'>"
MUSTACHE = "{{{content}}} &lt;b&gt; {{#t}}"
LINK = f"javascript:{RUN}"
# As a sheet's name may be.
SHEET = "<img src=x onerror=ran=1>"
NAME = "'><img src=x onerror=ran=1>{{content}}.xlsx"
# All that only markup that is taken for such could bring to a page.
FOREIGN = "script:not([src]), img[src=x], svg[onload], [onerror], a[href^=javascript]"


def book():
    """Customers of whom some are ready, with markup wherever text may stand."""
    made = openpyxl.load_workbook(ROOT / "Templates/studio/studio.xlsx")
    sheet = made["Customers"]
    titles = [cell.value for cell in sheet[1]]
    rows = [
        {"Company Name": "acme.12345.service", "Email Address": "ann@acme.example",
         "First Name": SCRIPT, "Last Name": IMAGE},
        {"Company Name": SCRIPT, "Email Address": IMAGE, "First Name": CLOSING,
         "Last Name": MUSTACHE, "Package": CLOSING, "Platform": LINK},
        {"Company Name": "birch.12345.service", "Email Address": f"{MUSTACHE}@b.example",
         "First Name": "Bob", "Last Name": LINK},
    ]
    common = {"Platform": "Luminate Wholesale", "Package": "Professional"}
    for at, row in enumerate(rows, 2):
        for title, value in (common | row).items():
            sheet.cell(at, titles.index(title) + 1, value)
    column = len(titles) + 1
    sheet.cell(1, column, CLOSING)
    sheet.cell(2, column, SCRIPT)
    made.create_sheet(SHEET)["A1"] = IMAGE
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


class Watch:
    """A browser that looks at pages, and at what they would have it do."""

    def __init__(self, page, address):
        self.page, self.address, self.said = page, address, []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("dialog", lambda dialog: (self.said.append("a dialog"), dialog.dismiss()))

    def look(self, path, *words):
        """Nothing runs, and the words are there to read, as they were typed."""
        self.page.goto(f"{self.address}{path}")
        self.page.wait_for_load_state("networkidle")
        shown = self.page.evaluate(
            "document.documentElement.innerText + '\\n' + [...document.querySelectorAll("
            "'input, textarea, option, summary, [data-label]')].map(one => one.value ??"
            " one.textContent).join('\\n')")
        for word in words:
            assert word in shown, f'{path}: {word} is not in {shown}'
        assert self.page.evaluate("window.ran") is None, path
        assert self.page.locator(FOREIGN).count() == 0, path
        assert self.said == [], (path, self.said)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("markup"))
    client = add_account(server, "ann@acme.example", "Acme", 1)
    client.reseller = "Acme"
    packages = PRICED.removesuffix("]") + f", {{name: '{IMAGE}', paid: false}}]"
    load(client, "studio", packages, tmp_path_factory.mktemp("settings"))
    client.send("/portals/studio/lists/domains",
                part("list", f"acme.12345.service,{SCRIPT}\n".encode(), "a.csv"))
    yield server, client
    server.stop()


@pytest.fixture
def watch(site, chromium):
    server, client = site
    context = chromium.new_context(locale="en")
    context.add_cookies([{"name": "rowgate", "value": client.secret, "url": server.address}])
    yield Watch(context.new_page(), server.address)
    context.close()


def test_96_a_browser_would_run_it(watch):
    """Else the tests below would pass for markup that harms nobody."""
    for markup in (SCRIPT, IMAGE, CLOSING):
        watch.page.set_content(f"<title>a</title><p>{markup}")
        watch.page.wait_for_function("window.ran === 1")
        watch.page.evaluate("delete window.ran")


def test_96_markup_in_an_upload_is_text_on_every_page(site, watch):
    server, client = site
    upload = client.upload("studio", book(), NAME)
    client.wait(upload)
    watch.look(upload, NAME, SCRIPT, IMAGE, MUSTACHE, SHEET, CLOSING)
    watch.look(f"{upload}?query=onload", CLOSING)
    watch.look("/", NAME)
    watch.look("/portals/studio", NAME)
    # Fixed in place, with more of it, in the form that comes back.
    watch.page.goto(f"{server.address}{upload}")
    form = watch.page.locator(
        "form[action$='/fix']:has(input[name=column][value=B]):has(input[name=row][value='3'])")
    form.locator("input[name=value], textarea[name=value]").fill(IMAGE + SCRIPT)
    with watch.page.expect_navigation():
        form.get_by_role("button").click()
    client.wait(upload)
    watch.look(upload, IMAGE + SCRIPT)
    digest = re.search(r'name="digest" value="(\w+)"', client.get(upload).text).group(1)
    count = re.search(r'for="charges">\D*(\d[\d,]*)', client.get(upload).text).group(1)
    client.post(f"{upload}/approve", form={
        "digest": digest, "charges": count, "withoutList": "yes", "note": f"{IMAGE}{SCRIPT}"})
    batch = re.search(r'href="(/batches/[\d.]+)"', client.wait(upload).text).group(1)
    watch.look(upload, NAME)
    watch.look(batch, NAME)
    watch.look(f"{batch}/finance", NAME, f"{IMAGE}{SCRIPT}")
    watch.look(f"{batch}/undo", NAME)
    watch.look("/records?query=acme")
    watch.look("/portals/studio/records/customers")
    [record] = set(re.findall(
        r'href="(/portals/studio/records/customers/\w{16})"',
        client.get("/portals/studio/records/customers").text))
    watch.look(record, SCRIPT, IMAGE)
    watch.look(f"{record}/edit", SCRIPT, IMAGE)
    watch.look("/portals/studio/settings", IMAGE)
    watch.look("/audit")
