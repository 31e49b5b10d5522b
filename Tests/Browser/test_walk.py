"""The three minutes that README.md tells, on what `make serve` makes. `--pictures` takes its own."""

import contextlib
import re
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from client import free_port
from conftest import BINARY, ROOT, SECONDS, SHOTS, Visit

PICTURES = ROOT / "Tests/Browser/pictures"
# Bytes of a picture, so that the page that shows them stays light.
PICTURE_SIZE_MAX = 150_000


class Samples:
    """`Fixtures/serve` under way, as `make serve` starts it."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def running(self):
        with open(self.folder / "said", "w+", encoding="utf-8") as said:
            process = subprocess.Popen(
                [ROOT / "Fixtures/serve", BINARY, self.folder / "site", f"127.0.0.1:{self.port}"],
                stdout=said, stderr=subprocess.STDOUT)
            try:
                self.wait(process)
                yield self.said()
            finally:
                process.send_signal(signal.SIGINT)
                self.status = process.wait(SECONDS)

    def said(self):
        return (self.folder / "said").read_text(encoding="utf-8")

    def wait(self, process):
        """Until it has said all, and the server is the one that stays."""
        deadline = time.monotonic() + 3 * SECONDS
        while time.monotonic() < deadline:
            assert process.poll() is None, self.said()
            if f"Rowgate is at {self.address}." in self.said():
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{self.address}/ready", timeout=5).close()
                    return
            time.sleep(0.05)
        raise AssertionError(f"no samples: {self.said()}")


@pytest.fixture
def samples(tmp_path):
    return Samples(tmp_path)


@pytest.fixture
def shoot(request):
    """Takes a picture of what is seen, or of a part; to stay only when it is asked for."""
    folder = PICTURES if request.config.getoption("--pictures") else SHOTS

    def shoot(seen, name):
        folder.mkdir(exist_ok=True, parents=True)
        path = folder / f"{name}.png"
        seen.screenshot(path=path)
        assert path.stat().st_size < PICTURE_SIZE_MAX

    return shoot


def sign_in(page, address, said):
    page.goto(address)
    page.get_by_label("Email address").fill("ann@acme.example")
    page.get_by_label("Password").fill(re.search(r"the password (\w+)", said).group(1))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")


def test_three_minutes_lead_to_an_approved_batch(samples, chromium, shoot):
    with samples.running() as said, contextlib.closing(chromium.new_context(
            locale="en", viewport={"width": 1100, "height": 760})) as context:
        page = context.new_page()
        visit = Visit(page, samples)
        sign_in(page, samples.address, said)
        assert "26 rows are to fix in mixed.xlsx." in page.locator("main").inner_text()
        page.get_by_role("link", name="mixed.xlsx").last.click()
        page.wait_for_url("**/uploads/*")
        assert (visit.number("ready"), visit.number("to fix")) == (15, 26)
        shoot(page, "result")
        page.get_by_role("button", name="Use everywhere: Luminate Wholesale").first.click()
        visit.wait()
        assert (visit.number("ready"), visit.number("to fix")) == (19, 22)
        page.get_by_label(re.compile("Email Address, B18")).fill("sam@ember.example")
        page.get_by_role("button", name=re.compile(r"Save.*B18")).click()
        visit.wait()
        assert (visit.number("ready"), visit.number("to fix")) == (20, 21)
        page.get_by_label(re.compile("Type 2")).fill("2")
        shoot(page.locator("#approve"), "approve")
        page.locator("#approve button").click()
        visit.wait()
        page.get_by_role("link", name=re.compile("Go to batch")).click()
        page.wait_for_url("**/batches/*")
        page.locator("input[name=step]").nth(0).check()
        page.get_by_role("button", name="Done").first.click()
        page.wait_for_url("**/batches/*moved=1")
        assert "1 of" in page.locator("main").inner_text()
        page.goto(page.url.partition("?")[0])
        shoot(page, "batch")
        with page.expect_download() as download:
            page.get_by_role("link", name="Rows to fix").click()
        visit.upload("studio", download.value.path())
        assert visit.number("to fix") == 21


def test_samples_are_made_once_and_what_is_there_stays(samples):
    with samples.running() as first:
        pass
    assert samples.status == 0
    password = re.search(r"the password (\w+)", first).group()
    with samples.running() as second:
        assert password in second
        assert "Making" not in second
    names = sorted(path.name for path in (samples.folder / "site").iterdir())
    assert "samples.txt" in names and not (samples.folder / "site.log").exists()


def test_a_folder_of_ones_own_gets_no_samples(samples):
    (samples.folder / "site").mkdir()
    with samples.running() as said:
        assert "has no samples" in said and "/set-up/" in said


def test_nothing_is_left_of_samples_that_could_not_be_made(samples):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", samples.port))
        done = subprocess.run(
            [ROOT / "Fixtures/serve", BINARY, samples.folder / "site", f"127.0.0.1:{samples.port}"],
            capture_output=True, text=True, timeout=3 * SECONDS)
    assert done.returncode == 1 and "There are no samples" in done.stderr
    assert not (samples.folder / "site").exists()
