"""Every page: for everybody, light and dark, wide and narrow, by keyboard."""

import re

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from conftest import PASSWORD, ROOT, SHOTS, Visit

STUDIO = ROOT / "Fixtures/studio"
PAGES = ["/", "/portals/studio", "/portals/close", "/people", "/audit", "/tokens", "/nowhere"]


@pytest.fixture(scope="module")
def addresses(server, chromium, state):
    """The pages there are, with an upload that has problems and a batch among them."""
    context = chromium.new_context(storage_state=state, locale="en")
    visit = Visit(context.new_page(), server)
    visit.load("studio", STUDIO / "domains.csv")
    visit.upload("studio", STUDIO / "mixed.xlsx")
    judged = visit.page.url
    visit.upload("studio", STUDIO / "mixed.xlsx")
    if visit.page.locator("#charges").count():
        visit.page.locator("#charges").fill("2")
    visit.page.locator("#approve button").click()
    visit.wait()
    visit.page.locator("a[href^='/batches/']").first.click()
    visit.page.wait_for_url("**/batches/*")
    batch = visit.page.url
    visit.go("/portals/studio")
    form = visit.page.locator("form[action$='/existing']")
    form.locator("input[name=list]").set_input_files({
        "name": "customers.csv", "mimeType": "text/csv", "buffer": b"Company Name\nacme\n"})
    form.locator("button").click()
    visit.page.wait_for_url("**/existing/*")
    existing = visit.page.url
    # A table wider than the page scrolls by itself.
    visit.go("/people")
    visit.page.locator("#name").fill("Ann")
    visit.page.locator("#email").fill(f"{'a' * 64}@{'b' * 63}.{'c' * 63}.example")
    visit.page.locator("form[action='/people'] button.primary").click()
    visit.page.wait_for_selector("#link")
    context.close()
    return {"home": "/", "portal": "/portals/studio", "people": "/people", "audit": "/audit",
            "limits": "/limits", "missing": "/nowhere", "upload": judged.removeprefix(server.address),
            "settings": "/portals/studio/settings", "batch": batch.removeprefix(server.address),
            "finance": f"{batch.removeprefix(server.address)}/finance",
            "existing": existing.removeprefix(server.address)}


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_axe_finds_nothing(server, chromium, state, addresses, colours, language):
    found = {}
    for signed_in in (True, False):
        context = chromium.new_context(
            storage_state=state if signed_in else None, locale=language, color_scheme=colours)
        page = context.new_page()
        pages = addresses if signed_in else {"sign-in": "/sign-in"}
        for name, path in pages.items():
            page.goto(f"{server.address}{path}")
            results = Axe().run(page, options={
                "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
            if results.violations_count:
                found[name] = results.generate_report()
        context.close()
    assert found == {}, "\n".join(found.values())


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_are_small(server, chromium, state, addresses, width):
    context = chromium.new_context(
        storage_state=state, locale="en", viewport={"width": width, "height": 800})
    page = context.new_page()
    for name, path in addresses.items():
        answer = page.goto(f"{server.address}{path}")
        assert len(answer.body()) < 100_000, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        SHOTS.mkdir(exist_ok=True, parents=True)
        page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
    context.close()


def test_no_page_says_what_has_no_words(server, chromium, state, addresses):
    texts = yaml.safe_load((ROOT / "Sources/Server/Texts/en.yaml").read_text(encoding="utf-8"))
    # A text that is not there is told by its name.
    name = re.compile(rf"\b({'|'.join(texts)})\.[a-z_]+\b(?!\.)")
    context = chromium.new_context(storage_state=state, locale="de")
    page = context.new_page()
    for path in addresses.values():
        page.goto(f"{server.address}{path}")
        named = {found.group() for found in name.finditer(page.locator("body").inner_text())}
        assert named <= {"upload.xlsx"}, (path, named)
    context.close()


def test_the_keyboard_alone_signs_in_and_approves(server, chromium, state, addresses):
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(server.address)
    page.locator("input[name=email]").focus()
    page.keyboard.type("ann@acme.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Recent uploads")
    page.wait_for_load_state()
    # The first stop leads past what is on every page, and loads nothing anew.
    loads = []
    page.on("load", lambda: loads.append(page.url))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Luminate Studio" in page.evaluate("document.activeElement.textContent"):
            break
    assert loads == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/portals/studio")
    context.close()


def test_a_portals_page_is_in_the_order_of_the_work(look):
    """Lists before the template that has their names in it; then filled, uploaded, looked up."""
    page = look.go("/portals/studio")
    assert page.locator("main h2[id]").evaluate_all("all => all.map(one => one.id)") == [
        "lists", "template", "upload", "past", "customers", "existing", "compare"]
