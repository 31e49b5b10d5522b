"""A site with a reseller, and a real browser that looks at it."""

import contextlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import urllib.request

import openpyxl
import pytest
from playwright.sync_api import Error, sync_playwright

from client import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Interop"))
BINARY = ROOT / os.environ.get("ROWGATE", ".build/debug/rowgate")
SHOTS = ROOT / ".build/screenshots"
PASSWORD = "a gate of many rows"
SECONDS = 60


def pytest_addoption(parser):
    parser.addoption("--pictures", action="store_true", help="take those that README.md shows")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI=true a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI=true: {call.excinfo.value}"


class Server:
    """`rowgate serve` with a folder of its own."""

    # A test uploads more within minutes than a company does within an hour.
    more = ("--uploads-per-hour", "1000000")

    def __init__(self, folder, *arguments):
        self.folder, self.arguments = folder, arguments
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()
        self.link = re.search(r"http\S+/set-up/\w+", self.log()).group()

    def start(self):
        self.folder.mkdir(exist_ok=True, parents=True)
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log)
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/ready", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                assert self.process.poll() is None, self.log()
                time.sleep(0.05)
        raise AssertionError(f"the server did not come up: {self.log()}")

    def command(self):
        return [BINARY, "serve", "--listen", f"127.0.0.1:{self.port}", "--data",
                self.folder / "data", *self.more, *self.arguments]

    def log(self):
        return (self.folder / "log").read_text(encoding="utf-8")

    def stop(self, deadline=SECONDS):
        self.process.terminate()
        return self.process.wait(deadline)

    def kill(self):
        self.process.kill()
        self.process.wait(SECONDS)


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium")
    if not path:
        pytest.skip("there is no chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"], timeout=3 * SECONDS * 1000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("site"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def state(server, chromium):
    """The cookies of the administrator, who made the first account."""
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(server.link)
    page.get_by_label("Company").fill("Acme Reselling")
    page.get_by_label("Name", exact=True).fill("Ann Lee")
    page.get_by_label("Email address").fill("ann@acme.example")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Set up the account").click()
    page.wait_for_url(f"{server.address}/")
    state = context.storage_state()
    context.close()
    return state


class Visit:
    """What somebody does in a browser in which they are signed in."""

    def __init__(self, page, server):
        self.page, self.server = page, server

    def go(self, path):
        self.page.goto(f"{self.server.address}{path}")
        return self.page

    def shoot(self, name):
        SHOTS.mkdir(exist_ok=True, parents=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def upload(self, portal, workbook):
        """The page of the result of an upload."""
        self.go(f"/portals/{portal}")
        self.page.locator("input[name=workbook]").set_input_files(workbook)
        self.page.get_by_role("button", name="Upload and check").click()
        self.wait()

    def wait(self):
        """Until the upload is checked, or accepted, and the page shows it."""
        self.page.wait_for_url("**/uploads/*")
        progress = re.match(r".*/uploads/\w+", self.page.url).group() + "/progress"
        deadline = time.monotonic() + SECONDS
        while self.page.request.get(progress).json()["isBusy"]:
            assert time.monotonic() < deadline, self.page.url
            time.sleep(0.05)
        while not self.is_settled():
            assert time.monotonic() < deadline, self.page.url
            # By itself it looks anew only after a while, but perhaps in this very moment.
            with contextlib.suppress(Error):
                # With a place on the page nothing would be asked for anew.
                self.page.goto(self.page.url.partition("#")[0])

    def is_settled(self):
        """Whether the page is there as a whole, and is none that waits for something."""
        with contextlib.suppress(Error):
            self.page.wait_for_load_state()
            return self.page.evaluate(
                "document.readyState === 'complete' && !document.querySelector('[data-progress]')")
        return False

    def load(self, portal, path):
        """Loads the first list of a portal."""
        self.go(f"/portals/{portal}")
        form = self.page.locator("form[action*='/lists/']").first
        form.locator("input[name=list]").set_input_files(path)
        form.get_by_role("button", name="Load", exact=True).click()
        self.page.wait_for_url(f"**/portals/{portal}?loaded=*")

    def number(self, label):
        """A count of the result."""
        self.page.wait_for_load_state()
        box = self.page.locator("dl.counts > div").filter(
            has=self.page.locator("dt", has_text=re.compile(f"^{label}$")))
        return int(box.locator("dd").inner_text().replace(",", "")) if box.count() else 0


@pytest.fixture(params=["with script", "without script"])
def visit(request, server, chromium, state):
    context = chromium.new_context(
        storage_state=state, locale="en", java_script_enabled=request.param == "with script")
    yield Visit(context.new_page(), server)
    context.close()


@pytest.fixture
def look(server, chromium, state):
    """One with script, whatever the test."""
    context = chromium.new_context(storage_state=state, locale="en")
    yield Visit(context.new_page(), server)
    context.close()


def book_of(row_count):
    """A workbook with so many rows: enough of them for somebody to see it being checked."""
    book = openpyxl.load_workbook(ROOT / "Fixtures/studio/good.xlsx")
    sheet = book["Customers"]
    first = [cell.value for cell in sheet[2]]
    for at in range(row_count):
        sheet.append([f"{value}{at}" if value else value for value in first])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
