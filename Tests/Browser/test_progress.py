"""How far a check is: bytes, rows and the time that is left, on the page, without its script and
for programs; and how much of a file has gone while it is sent."""

import contextlib
import json
import os
import re
import signal
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from client import add_account, processes_of
from conftest import ROOT, SECONDS, SHOTS, Server, book_of
from test_api import Program, documented, let_in, strict

LEFT = {
    "en": r"^(about \d+ (seconds|minutes?)|a few seconds) left$",
    "de": r"^noch (etwa \d+ (Sekunden|Minuten?)|ein paar Sekunden)$"}
SIZE = {"en": r"^\d[\d.]* (kB|MB) of \d[\d.]* MB read$",
        "de": r"^\d[\d,]* (kB|MB) von \d[\d,]* MB gelesen$"}
ROWS = {"en": r"^\d[\d,]* rows read$", "de": r"^\d[\d.]* Zeilen gelesen$"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("progress"), "--workers", "1")
    Program.document = strict(documented(server))
    client = add_account(server, "ann@quokka.example", "Quokka Reselling", 2)
    yield server, client, Program(server, let_in(client))
    server.stop()


@pytest.fixture(scope="module")
def long_book():
    return book_of(60_000)


@pytest.fixture
def reading(site, long_book):
    """The page of an upload whose worker stands still in the middle of reading."""
    server, client, _ = site
    path = next(filter(None, (caught_reading(site, long_book) for _ in range(20))))
    yield path
    call_off(server, client, path)


def caught_reading(site, book):
    """The page of one that stands still; nothing when it was read before anybody could see it."""
    server, client, program = site
    path = client.upload("studio", book)
    address = path.replace("/uploads", "/imports")
    answer = {"state": "waiting", "rowsRead": 0}
    while answer["rowsRead"] == 0 or answer["bytesRead"] < answer["bytes"] / 10:
        answer = program.get(address)
        if answer["state"] not in ("waiting", "checking"):
            return None
    for worker in processes_of(server):
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGSTOP)
    if program.get(address)["stage"] == "reading":
        return path
    call_off(server, client, path)
    return None


def call_off(server, client, path):
    client.post(f"{path}/cancel")
    until(lambda: not processes_of(server))


def told(client, path):
    return client.get(f"{path}/progress").body


def until(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def a_page(chromium, site, **more):
    server, client, _ = site
    context = chromium.new_context(**more)
    context.add_cookies([{"name": "rowgate", "value": client.secret, "url": server.address}])
    return context.new_page()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("has_script", [True, False])
def test_a_page_tells_bytes_rows_and_the_time_left(
        site, chromium, reading, language, has_script):
    server, client, _ = site
    until(lambda: json.loads(told(client, reading))["leftText"])
    page = a_page(chromium, site, locale=language, java_script_enabled=has_script)
    page.goto(server.address + reading)
    for name, pattern in (("leftText", LEFT), ("sizeText", SIZE), ("rowsText", ROWS)):
        assert re.match(pattern[language], page.locator(f"[data-tell={name}]").inner_text())
    assert 0 < float(page.locator("progress").get_attribute("value")) < 1
    # The longer it stands still, the farther away is its end.
    left = page.locator("[data-tell=leftText]")
    first = left.inner_text()
    until(lambda: left.inner_text() != first)
    assert re.match(LEFT[language], left.inner_text())
    page.context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_page_that_waits_is_for_everybody(site, chromium, reading, colours):
    server, _, _ = site
    for width in (1280, 360):
        page = a_page(
            chromium, site, locale="de" if width == 360 else "en", color_scheme=colours,
            viewport={"width": width, "height": 700})
        page.goto(server.address + reading)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        SHOTS.mkdir(exist_ok=True, parents=True)
        page.screenshot(path=SHOTS / f"progress-{colours}-{width}.png", full_page=True)
        results = Axe().run(page)
        assert not results.violations_count, results.generate_report()
        # Axe does not ask what a bar is called.
        heading = page.locator("#busy-heading").inner_text()
        assert page.get_by_role("progressbar", name=heading).count() == 1
        # What changes every second is not read out.
        assert page.locator("[role=status], [aria-live]").locator("[data-tell]").count() == 0
        page.context.close()


def test_the_state_at_the_top_follows_what_happens(site, chromium, reading):
    """Nobody reads there that it waits its turn while it is being read."""
    page = a_page(chromium, site, locale="en")
    page.goto(site[0].address + reading)
    state = page.locator(".lead .state")
    state.evaluate("one => { one.textContent = 'waiting its turn'; }")
    until(lambda: state.inner_text() == "being checked")
    page.context.close()


def test_programs_are_told_the_same(site, reading):
    _, client, program = site
    until(lambda: json.loads(told(client, reading))["leftText"])
    answer = program.get(reading.replace("/uploads", "/imports"))
    assert answer["stage"] == "reading" and answer["rowsRead"] > 0
    assert 0 < answer["bytesRead"] <= answer["bytes"]
    assert answer["secondsLeft"] > 0


def test_a_look_writes_no_batch(site):
    _, client, program = site
    path = client.upload("studio", (ROOT / "Fixtures/studio/mixed.xlsx").read_bytes())
    client.wait(path)
    assert program.get(path.replace("/uploads", "/imports"))["files"] == [
        "changes.xlsx", "rejected.xlsx", "report.html", "report.json", "upload.xlsx", "workbook.xlsx"]


def test_what_is_done_has_no_time_left(site):
    _, client, program = site
    path = client.upload("studio", (ROOT / "Fixtures/studio/good.xlsx").read_bytes())
    client.wait(path)
    answer = program.get(path.replace("/uploads", "/imports"))
    assert answer["state"] == "checked"
    assert (answer["stage"], answer["bytes"], answer["secondsLeft"]) == (None, None, None)
    assert (answer["bytesRead"], answer["rowsRead"]) == (0, 0)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_file_on_its_way_tells_how_much_of_it_has_gone(site, chromium, language):
    server, _, _ = site
    page = a_page(chromium, site, locale=language)
    page.goto(f"{server.address}/portals/studio")
    # A line on which a megabyte takes four seconds.
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1 << 18})
    page.locator("input[name=workbook]").set_input_files(
        {"name": "large.xlsx", "mimeType": "application/octet-stream", "buffer": b"x" * (3 << 20)})
    page.locator("form[data-drop] button").click()
    sent = page.locator(".sending").nth(1)
    size = {"en": r"[\d.]+ (kB|MB) of 3 MB sent", "de": r"[\d,]+ (kB|MB) von 3 MB gesendet"}
    left = LEFT[language].strip("^$")
    sent.filter(has_text=re.compile(f"{size[language]}, {left}")).wait_for()
    # What is read out does not change.
    assert sent.get_attribute("role") is None
    assert page.locator(".sending[role=status]").count() == 1
    page.wait_for_url("**/uploads/*")
    page.context.close()
