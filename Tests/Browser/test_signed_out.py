"""Whoever was signed out is told so, and leads back; no page of an error is a dead end."""

import html
import re

import pytest

from client import add_account, change, digest, part
from conftest import ROOT, Server

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("signed-out"))
    yield server
    server.stop()


@pytest.fixture
def ann(site, request):
    name = f"r{abs(hash(request.node.name))}"
    return add_account(site, f"ann@{name}.example", name, 1)


def idle(client):
    """Nothing was heard of somebody for longer than a session lasts."""
    change(client.server, "UPDATE sessions SET seen = seen - 3600 WHERE digest = ?",
           digest(client.secret))


def back(page):
    return html.unescape(re.search(r'class="button primary" href="([^"]+)"', page).group(1))


def test_whoever_was_signed_out_is_told_and_comes_back(site, ann):
    path = ann.upload("studio", GOOD)
    ann.wait(path)
    batch = ann.approve(ann.upload("studio", GOOD))
    idle(ann)
    pages = {
        f"{path}/fix": f"{path}?page=2&kind=error", f"{path}/approve": path,
        f"{batch}/steps": batch}
    for action, page in pages.items():
        answer = ann.post(action, form={"value": "x"}, headers={"Referer": site.address + page})
        assert answer.status == 401
        assert "You were signed out" in answer.text and "Nothing here" not in answer.text
        assert back(answer.text) == "/sign-in?next=" + page.replace(
            "?", "%3F").replace("&", "%26").replace("=", "%3D")
    answer = ann.send("/portals/studio/uploads", part("workbook", GOOD, "a.xlsx"),
                      headers={"Referer": f"{site.address}/portals/studio"})
    assert answer.status == 401 and back(answer.text) == "/sign-in?next=/portals/studio"
    # A page that somebody opens leads there by itself, its query with it.
    assert ann.get(f"{path}?page=2&kind=error").location == (
        f"/sign-in?next={path}%3Fpage%3D2%26kind%3Derror")


@pytest.mark.parametrize("referer", [
    "https://evil.example/uploads", "//evil.example/", "http://127.0.0.1:1/", "OWN//evil.example",
    "OWN.evil.example/x", "nonsense", ""])
def test_nobody_is_led_to_another_site(site, ann, referer):
    idle(ann)
    headers = {"Referer": referer.replace("OWN", site.address)} if referer else {}
    answer = ann.post("/tokens", form={"name": "x"}, headers=headers)
    assert answer.status == 401 and back(answer.text) == "/sign-in?next=/"


@pytest.mark.parametrize("has_script", [True, False])
def test_a_workbook_that_is_dropped_too_late_is_told_so(site, ann, chromium, tmp_path, has_script):
    context = chromium.new_context(locale="en", java_script_enabled=has_script)
    context.add_cookies([{"name": "rowgate", "value": ann.secret, "url": site.address}])
    page = context.new_page()
    page.goto(f"{site.address}/portals/studio")
    idle(ann)
    (tmp_path / "march.xlsx").write_bytes(GOOD)
    page.locator("input[name=workbook]").set_input_files(tmp_path / "march.xlsx")
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("heading", name="You were signed out").wait_for()
    page.locator("main").get_by_role("link", name="Sign in").click()
    assert page.url == f"{site.address}/sign-in?next=/portals/studio"
    context.close()


# MARK: - Errors that lead back

def test_an_error_leads_back_to_its_form(site, ann):
    batch = ann.approve(ann.upload("studio", GOOD))
    answer = ann.post(f"{batch}/steps", form={"verdict": "done", "step": "x"},
                      headers={"Referer": f"{site.address}{batch}"})
    assert answer.status == 400 and back(answer.text) == batch
    # So does its button for the other language.
    assert re.search(rf'name="path" value="{batch}"', answer.text)


def test_the_other_language_keeps_page_and_filter(site, ann):
    page = ann.get("/portals/studio?page=1&kind=error").text
    path = html.unescape(re.search(r'name="path" value="([^"]+)"', page).group(1))
    assert path == "/portals/studio?page=1&kind=error"
    assert ann.post("/language", form={"lang": "de", "path": path}).location == path


def test_a_fault_of_ours_has_a_code_that_stands_in_the_log(site, ann):
    change(site, "ALTER TABLE tokens RENAME TO hidden")
    try:
        page = ann.get("/tokens")
    finally:
        change(site, "ALTER TABLE hidden RENAME TO tokens")
    assert page.status == 500
    code = re.search(r'class="code">[^<]*<code>([^<]+)<', page.text).group(1)
    assert code in site.log()
