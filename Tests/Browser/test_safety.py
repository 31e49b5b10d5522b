"""Nobody sees, guesses or changes what is not theirs, whatever they send."""

import contextlib
import functools
import html
import io
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest

from client import (
    BOUNDARY, Client, add_account, begin_session, below, change, cookie, digest, multipart, part,
    processes_of, processor_seconds, query, raw, state, statuses, until)
from conftest import BINARY, PASSWORD, ROOT, SECONDS, Server
from universal import SLOWNESS

STUDIO = ROOT / "Fixtures/studio"
ROUTES = re.findall(
    r'(?:open|route)\(\.(\w+), "([^"]+)"(?:, for: \.(\w+))?',
    (ROOT / "Sources/Server/SiteRoutes.swift").read_text(encoding="utf-8"))
POSTS = [path for method, path, _ in ROUTES if method == "post"]

# What each route asks for: who may, and what it must send to do something where it may.
# A new route fails `test_every_route_has_an_expectation` until it stands here.
OPEN, USER, ADMIN, SITE = "open", "user", "admin", "site"
EXPECTED = {
    ("get", "/health"): (OPEN, None),
    ("get", "/ready"): (OPEN, None),
    ("get", "/assets/{name}"): (OPEN, None),
    ("get", "/"): (OPEN, None),
    ("get", "/sign-in"): (OPEN, None),
    ("post", "/sign-in"): (OPEN, {"email": "no@body.example", "password": "is not known"}),
    ("post", "/language"): (OPEN, {"lang": "de", "path": "/"}),
    ("get", "/set-up/{secret}"): (OPEN, None),
    ("post", "/set-up/{secret}"): (OPEN, {
        "reseller": "Mine", "name": "Eve", "email": "eve@evil.example", "password": PASSWORD}),
    ("post", "/sign-out"): (USER, {}),
    ("get", "/portals/{portal}"): (USER, None),
    ("get", "/portals/{portal}/template.xlsx"): (USER, None),
    ("get", "/portals/{portal}/filled-template.xlsx"): (USER, None),
    ("get", "/portals/{portal}/customers.xlsx"): (USER, None),
    ("post", "/portals/{portal}/uploads"): (USER, "workbook"),
    ("post", "/portals/{portal}/lists/{list}"): (USER, "list"),
    ("post", "/portals/{portal}/existing"): (USER, "list"),
    ("get", "/portals/{portal}/existing/{offer}"): (USER, None),
    ("post", "/portals/{portal}/existing/{offer}"): (USER, {}),
    ("post", "/portals/{portal}/compare"): (USER, "list"),
    ("get", "/portals/{portal}/settings"): (ADMIN, None),
    # Of nobody's: an admin's own would be changed.
    ("post", "/portals/{portal}/settings"): (ADMIN, {"digest": "0" * 64}),
    ("get", "/portals/{portal}/settings.yaml"): (ADMIN, None),
    ("get", "/uploads/{upload}"): (USER, None),
    ("get", "/uploads/{upload}/progress"): (USER, None),
    ("get", "/uploads/{upload}/files/{file}"): (USER, None),
    ("post", "/uploads/{upload}/cancel"): (USER, {}),
    ("post", "/uploads/{upload}/standing"): (USER, {"standing": "aside"}),
    ("post", "/uploads/{upload}/hidden"): (USER, {"hidden": "take"}),
    ("post", "/uploads/{upload}/fix"): (
        USER, {"sheet": "Customers", "column": "B", "row": "2", "value": "x@evil.example"}),
    ("post", "/uploads/{upload}/suggestions"): (
        USER, {"code": "cell.required", "column": "Platform", "found": "",
               "suggestion": "Luminate Wholesale"}),
    ("post", "/uploads/{upload}/approve"): (
        USER, {"digest": "0" * 64, "charges": "2", "withoutList": "yes", "note": ""}),
    ("get", "/batches/{batch}"): (USER, None),
    ("get", "/batches/{batch}/files/{file}"): (USER, None),
    ("post", "/batches/{batch}/steps"): (USER, {"verdict": "refused", "step": ["1", "2"]}),
    ("post", "/batches/{batch}/confirm"): (USER, "list"),
    ("get", "/batches/{batch}/refusal"): (USER, None),
    ("get", "/batches/{batch}/finance"): (USER, None),
    ("get", "/batches/{batch}/undo"): (USER, None),
    ("post", "/batches/{batch}/undo"): (USER, {"digest": "0" * 64}),
    ("post", "/batches/{batch}/by-hand"): (USER, {"verdict": "done", "record": "0" * 16}),
    ("get", "/people"): (ADMIN, None),
    ("post", "/people"): (
        ADMIN, {"email": "new@evil.example", "name": "New", "role": "admin"}),
    ("post", "/people/{account}"): (ADMIN, {"verdict": "disable"}),
    ("get", "/limits"): (SITE, None),
    ("post", "/limits"): (SITE, {"reseller": "Quokka Reselling", "size": "1"}),
    ("get", "/audit"): (ADMIN, None),
    ("get", "/audit.csv"): (ADMIN, None),
    ("get", "/records"): (USER, None),
    ("get", "/portals/{portal}/records/{sheet}"): (USER, None),
    ("get", "/portals/{portal}/records/{sheet}/new"): (USER, None),
    # Blank: with something filled in it is an upload of whoever sends it.
    ("post", "/portals/{portal}/records/{sheet}/new"): (USER, {}),
    ("get", "/portals/{portal}/records/{sheet}/{record}"): (USER, None),
    ("get", "/portals/{portal}/records/{sheet}/{record}/{action}"): (USER, None),
    ("post", "/portals/{portal}/records/{sheet}/{record}/{action}"): (
        USER, {"field.firstName": "Eve"}),
    ("get", "/tokens"): (USER, None),
    ("post", "/tokens"): (USER, {"name": ""}),
    ("post", "/tokens/{token}"): (USER, {}),
}
GUARDED = [route for route in EXPECTED if EXPECTED[route][0] != OPEN]

# In nothing that a stranger or another reseller is told.
OURS = re.compile("quokka", re.I)


class Two:
    """A site with two resellers: Quokka, whose things somebody else wants, and Beta."""

    def __init__(self, folder):
        self.server = Server(folder)
        self.stranger = Client(self.server)
        # The one password that is worked out here; other accounts are put in their place.
        self.link = self.server.link
        self.ann = Client(self.server).take_link(
            self.link, "Ann", reseller="Quokka Reselling", email="ann@quokka.example",
            password=PASSWORD)
        self.abe = add_account(self.server, "abe@quokka.example", "Quokka Reselling", 0)
        self.ada = add_account(self.server, "ada@quokka.example", "Quokka Reselling", 1)
        self.bea = add_account(self.server, "bea@beta.example", "Beta Reselling", 1)
        self.bob = add_account(self.server, "bob@beta.example", "Beta Reselling", 0)
        with ThreadPoolExecutor(2) as both:
            ours = both.submit(self.fill, self.ann, "quokka-march.xlsx", 2)
            theirs = both.submit(self.fill, self.bea, "beta-march.xlsx", 1)
            (self.upload, self.batch), (self.beta_upload, self.beta_batch) = (
                ours.result(), theirs.result())
        # Numbers of batches are counted for each reseller: of this one there is none of Beta's.
        assert self.batch != self.beta_batch
        [(self.account,)] = query(
            self.server, "SELECT id FROM accounts WHERE email = 'abe@quokka.example'")
        self.offer = self.ann.offer("studio", b"Company Name\nquokka\n").location.split("/")[-1]
        self.record = query(
            self.server, "SELECT uid FROM records JOIN scopes ON scopes.id = records.scope"
            " WHERE reseller = 'Quokka Reselling' AND sheet = 'customers' AND state = 0")[0][0]
        self.token = change(
            self.server, "INSERT INTO tokens (account, name, digest, created) VALUES (?, ?, ?, 1)",
            self.account, "quokka", "0" * 64)

    @staticmethod
    def fill(client, name, batch_count):
        # A name of its own on each list: it is to choose from in this reseller's template alone.
        names = (STUDIO / "domains.csv").read_bytes()
        names += f"{name.split('-')[0]}.12345.service,\n".encode()
        client.send("/portals/studio/lists/domains", part("list", names, "domains.csv"))
        for book in ["good", "suggestions-right"][:batch_count]:
            batch = client.approve(
                client.upload("studio", (STUDIO / f"{book}.xlsx").read_bytes(), name))
        upload = client.upload("studio", (STUDIO / "mixed.xlsx").read_bytes(), name)
        client.wait(upload)
        return upload, batch

    def address(self, path, is_missing=False):
        """The address of something of Quokka's, or of something of the kind that is not there."""
        upload, batch = self.upload.split("/")[-1], self.batch.split("/")[-1]
        values = {
            "name": "style.css", "secret": "0" * 64, "portal": "studio", "list": "domains",
            "upload": "0" * 32 if is_missing else upload,
            "batch": "99.1" if is_missing else batch,
            "account": "9999" if is_missing else str(self.account),
            "sheet": "customers", "action": "edit",
            "record": "0" * 16 if is_missing else self.record,
            "offer": "0" * 64 if is_missing else self.offer,
            "token": "9999" if is_missing else str(self.token),
            "file": "workbook.xlsx" if path.startswith("/uploads") else "upload.xlsx"}
        return re.sub(r"\{(\w+)\}", lambda found: values[found.group(1)], path)

    def ask(self, client, method, path, is_missing=False, **more):
        """Asks for something of Quokka's, with what would do it."""
        sent = EXPECTED[method, path][1]
        address = self.address(path, is_missing)
        if isinstance(sent, str):
            # A form without a file: were it taken, 400 would say so.
            headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
            headers |= more.pop("headers", {})
            return client.post(
                address, body=multipart(part("other", b"")), headers=headers, **more)
        return client.ask(method.upper(), address, form=sent, **more)

    def told(self, answer, path, is_missing=False):
        """An answer without the address that somebody typed themselves."""
        return answer.status, answer.text.replace(self.address(path, is_missing), "")


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    two = Two(tmp_path_factory.mktemp("two"))
    yield two
    two.server.stop()


def named(route):
    return f"{route[0].upper()} {route[1]}"


# MARK: - Isolation

def test_every_route_has_an_expectation():
    source = (ROOT / "Sources/Server/SiteRoutes.swift").read_text(encoding="utf-8")
    # As many as are read, so that one written otherwise is not overlooked.
    assert len(ROUTES) == len(re.findall(r"^ {12}(?:open|route)\(", source, re.M))
    doors = {
        (method, path): door or USER for method, path, door in ROUTES}
    for found in re.findall(r'open\(\.(\w+), "([^"]+)"', source):
        doors[found] = OPEN
    assert doors == {route: door for route, (door, _) in EXPECTED.items()}


@pytest.mark.parametrize("path", ["/", "/health", "/sign-in", "/portals/studio"])
def test_who_asks_for_the_head_alone_gets_that_of_the_page(two, path):
    page, head = two.stranger.get(path), two.stranger.ask("HEAD", path)
    assert (head.status, head.text) == (page.status, "")
    assert head.headers["Location"] == page.headers["Location"]


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_a_stranger_is_sent_to_sign_in(two, route):
    before = state(two.server)
    for client in (two.stranger, Client(two.server, "0" * 64)):
        answer = two.ask(client, *route)
        if route[0] == "get":
            assert (answer.status, answer.body) == (303, b"")
            assert answer.location == f"/sign-in?next={two.address(route[1])}"
        else:
            assert answer.status == 401
        # What is there and what is not look the same from the street.
        missing = two.ask(client, *route, is_missing=True)
        assert two.told(answer, route[1]) == two.told(missing, route[1], is_missing=True)
        assert not OURS.search(answer.plain)
    assert state(two.server) == before


@pytest.mark.parametrize(
    "route", [route for route in EXPECTED if EXPECTED[route][0] == OPEN], ids=named)
def test_open_pages_tell_a_stranger_nothing(two, route):
    before = state(two.server)
    answer = two.ask(Client(two.server, source="127.0.0.7"), *route)
    assert answer.status in (200, 303, 401, 404)
    assert not OURS.search(answer.plain)
    assert state(two.server) == before


@pytest.mark.parametrize("who", ["bea", "bob"])
@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_another_reseller_sees_and_changes_nothing(two, route, who):
    # A session of its own: signing out is one of the routes.
    client = begin_session(two.server, f"{who}@beta.example")
    before = state(two.server)
    if route == ("post", "/people") and who == "bea":
        # Allowed to her, for her own reseller: see the tests of forms.
        return
    answer = two.ask(client, *route)
    if re.search("{(upload|batch|account|record|token)}", route[1]):
        assert answer.status == 404
        missing = two.ask(client, *route, is_missing=True)
        assert two.told(answer, route[1]) == two.told(missing, route[1], is_missing=True)
    assert answer.status in (200, 303, 400, 404, 422)
    assert not OURS.search(answer.plain)
    assert state(two.server) == before
    assert two.ann.is_signed_in


ABOVE = [(route, who) for route, (door, _) in EXPECTED.items()
         for who in {ADMIN: ["abe"], SITE: ["abe", "ada", "bea"]}.get(door, [])]


@pytest.mark.parametrize(
    "route, who", ABOVE, ids=[f"{named(route)} {who}" for route, who in ABOVE])
def test_a_plain_user_finds_no_page_of_an_admin(two, route, who):
    before = state(two.server)
    client = getattr(two, who)
    answer = two.ask(client, *route)
    nowhere = client.ask(route[0].upper(), "/no/such/page", form={})
    assert answer.status == 404
    path = two.address(route[1])
    assert answer.text.replace(path, "") == nowhere.text.replace("/no/such/page", "")
    assert state(two.server) == before


def test_the_owner_reaches_all_that_others_do_not(two):
    """Else the tests above would pass for addresses that nobody reaches."""
    for method, path in GUARDED:
        if method == "get":
            # Without a step there is nothing to refuse: it leads back.
            wanted = 303 if path.endswith("/refusal") else 200
            assert two.ask(two.ann, method, path).status == wanted, path
    assert OURS.search(two.ann.get("/portals/studio/template.xlsx").plain)
    assert "beta.12345" in two.bea.get("/portals/studio/template.xlsx").plain
    page = two.ann.get(two.upload).text
    assert "quokka-march" in page and "Quokka Reselling" in page


def test_numbers_of_batches_are_each_resellers_own(two):
    mine, theirs = two.bea.get("/batches/1.1"), two.ann.get("/batches/1.1")
    assert (mine.status, theirs.status) == (200, 200)
    assert "beta-march" in mine.text and "quokka-march" not in mine.text
    assert "quokka-march" in theirs.text and "beta-march" not in theirs.text


FILES = ["../workbook.xlsx", "..%2fworkbook.xlsx", "%2e%2e%2f%2e%2e%2frowgate.db",
         "..%5cworkbook.xlsx", "%2fetc%2fpasswd", "check%2freport.json", "said.txt", ".",
         "..", "report.json%00.xlsx", "report.json/", "summary.json"]


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_handed_out_but_those_of_the_result(two, name):
    for path in (two.upload, two.batch):
        answer = two.ann.get(f"{path}/files/{name}")
        assert answer.status in (400, 404) or name == "report.json/", answer.text


# MARK: - Requests that another site makes

CROSSED = {
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site"},
    "nonsense": {"Sec-Fetch-Site": "same-origin, cross-site"},
    "cross-site, own origin": {"Sec-Fetch-Site": "cross-site", "Origin": "OWN"},
    "another origin": {"Origin": "https://evil.example"},
    "another port": {"Origin": "http://127.0.0.1:1"},
    "a longer origin": {"Origin": "OWN.evil.example"},
    "no origin": {"Origin": "null"},
    "neither": {},
}


@pytest.mark.parametrize("path", POSTS)
def test_another_site_changes_nothing(two, path):
    before = state(two.server)
    who = Client(two.server, two.ann.secret)
    for name, headers in CROSSED.items():
        own = {key: value.replace("OWN", two.server.address) for key, value in headers.items()}
        answer = two.ask(who, "post", path, headers=own, is_own=False)
        assert answer.status == 403, name
        assert answer.headers.get_all("Set-Cookie") is None, name
    assert state(two.server) == before
    assert two.ann.is_signed_in


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_another_site_changes_nothing_by_other_methods(two, method):
    answer = two.ann.ask(method, two.upload, headers=CROSSED["cross-site"])
    assert answer.status in (403, 404, 405)


@pytest.mark.parametrize("own", [
    {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "OWN"}])
def test_the_sites_own_pages_may_ask(two, own):
    headers = {name: value.replace("OWN", two.server.address) for name, value in own.items()}
    answer = two.ann.post(
        "/language", form={"lang": "de", "path": "/"}, headers=headers, is_own=False)
    assert (answer.status, cookie(answer, "lang")) == (303, "de")


# MARK: - Numbers and words from outside

# Of 64 bits, just below and above what can be counted on with.
NUMBERS = ["0", "-1", str(2**63 - 1), str(-2**63), str(2**63), "9" * 400, "1e9", "", "٣"]


@pytest.mark.parametrize("path", [
    "/audit?page={}", "UPLOAD?page={}", "BATCH?moved={}", "/portals/studio?loaded={}",
    "/batches/{}", "/batches/{}.{}", "UPLOAD/files/{}"])
def test_no_number_in_an_address_ends_the_server(two, path):
    address = path.replace("UPLOAD", two.upload).replace("BATCH", two.batch)
    for number in NUMBERS:
        number = urllib.parse.quote(number)
        try:
            assert two.ann.get(address.format(number, number)).status in (200, 400, 404), number
        except OSError:
            # It is a while until it has written down what happened.
            until(lambda: two.server.process.poll() is not None)
            pytest.fail(f"{number} ended the server")


@pytest.fixture(autouse=True)
def alive(request):
    """After each test the server is there, else it is started for the next ones."""
    yield
    if "two" in request.fixturenames:
        server = request.getfixturevalue("two").server
        if server.process.poll() is None:
            return
        status = server.process.returncode
        server.start()
        pytest.fail(f"the server ended with {status}")


@pytest.mark.parametrize("form", [
    {"sheet": "Customers", "column": "ZZZZZZ", "row": "1", "value": "a"},
    {"sheet": "Customers", "column": "B", "row": "9" * 30, "value": "a"},
    {"sheet": "Customers", "column": "B", "row": "-2", "value": "a"},
    {"sheet": "", "column": "B", "row": "2", "value": "a"},
    {"sheet": "Customers", "column": "", "row": "", "value": ""},
    {}])
def test_a_cell_that_is_none_is_not_mended(two, form):
    before = state(two.server)
    assert two.ann.post(f"{two.upload}/fix", form=form).status == 400
    assert state(two.server) == before


@pytest.mark.parametrize("form", [
    {"verdict": "done", "step": ["--list", "/etc/passwd"]}, {"verdict": "done", "step": "99999"},
    {"verdict": "--handed-over", "step": "1"}, {"step": "1"}, {}])
def test_steps_that_are_none_are_not_settled(two, form):
    before = state(two.server)
    assert two.ann.post(f"{two.batch}/steps", form=form).status == 400
    assert state(two.server) == before


WORDS = ['"><script>alert(1)</script>', "{{path}}", "a\r\nSet-Cookie: a=b", "\x00", "\ufffe",
         "%", "%zz", "\u202e"]


@pytest.mark.parametrize("path", ["/sign-in?next={}", "/audit?query={}", "UPLOAD?query={}"])
def test_words_in_an_address_stay_words(two, path):
    for words in WORDS:
        quoted = urllib.parse.quote(words, safe="%")
        client = two.stranger if path.startswith("/sign-in") else two.ann
        answer = client.get(path.replace("UPLOAD", two.upload).format(quoted))
        assert answer.status == 200
        assert "<script>alert" not in answer.text
        assert cookie(answer, "a") == ""


# MARK: - Sessions

def signing_in(two, email="ann@quokka.example", password=PASSWORD, **more):
    source = more.pop("source", "127.0.0.1")
    return Client(two.server, more.pop("secret", ""), source).post(
        "/sign-in", form={"email": email, "password": password, **more})


# Each with what a browser makes of it, that drops tabs and takes a backslash for a slash.
ELSEWHERE = ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example",
             "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "///evil.example",
             "javascript:alert(1)", "evil.example", "/.//evil.example"]


def leads_home(location):
    """Whether a browser stays on the site (WHATWG URL, 4.4)."""
    address = re.sub(r"[\t\r\n]", "", location.strip(" ")).replace("\\", "/")
    return address.startswith("/") and not address.startswith("//")


def test_each_sign_in_has_a_new_secret_and_leads_home(two):
    """Sign-ins cost a password each: all that they show is looked at in these few."""
    planted = "1" * 64
    nexts = {"/\t/evil.example": "/", "//evil.example": "/", two.upload: two.upload}
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(
            lambda next: signing_in(two, next=next, secret=planted), nexts))
    secrets = [cookie(answer) for answer in answers]
    assert len({*secrets, planted, two.ann.secret}) == 5
    for answer, secret in zip(answers, secrets, strict=True):
        assert answer.status == 303
        assert re.fullmatch("[0-9a-f]{64}", secret)
        [field] = answer.headers.get_all("Set-Cookie")
        flags = {flag.strip().lower() for flag in field.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)
    # What somebody chose beforehand is no secret, nor has it become one.
    assert not Client(two.server, planted).is_signed_in
    first, second, third = (Client(two.server, secret) for secret in secrets)
    assert first.post("/sign-out", form={}).status == 303
    assert not first.is_signed_in
    assert second.is_signed_in and third.is_signed_in
    assert answers[2].location == two.upload
    assert [leads_home(answer.location) for answer in answers[:2]] == [True, True]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_the_choice_of_a_language_leads_to_this_site(two, path):
    answer = two.stranger.post("/language", form={"lang": "de", "path": path})
    assert answer.status == 303
    assert leads_home(answer.location), answer.location


@pytest.mark.parametrize("secret", [
    "0" * 64, "", "x", "' OR 1=1 --", "%00", "a" * 8000, "../../rowgate.db"],
    ids=lambda secret: secret[:8])
def test_an_invented_cookie_is_a_strangers(two, secret):
    answer = two.stranger.get(two.upload, headers={"Cookie": f"rowgate={secret}"})
    assert answer.status == 303 and answer.location.startswith("/sign-in")


def test_what_is_kept_of_a_secret_is_none(two):
    """Who reads the database can't sign in with what stands there."""
    kept = digest(two.ann.secret)
    assert query(two.server, "SELECT 1 FROM sessions WHERE digest = ?", kept)
    assert not Client(two.server, kept).is_signed_in


@pytest.mark.parametrize("column, seconds", [("seen", 30 * 60), ("begun", 12 * 60 * 60)])
def test_a_session_ends(two, column, seconds):
    for age, is_over in ((seconds - 30, False), (seconds + 5, True)):
        client = begin_session(two.server, "bob@beta.example")
        assert client.is_signed_in
        change(two.server, f"UPDATE sessions SET {column} = {column} - ? WHERE digest = ?",
               age, digest(client.secret))
        assert client.is_signed_in != is_over, age
    # It does not come back either.
    change(two.server, f"UPDATE sessions SET {column} = {column} + ? WHERE digest = ?",
           seconds, digest(client.secret))
    assert not client.is_signed_in


def test_a_disabled_account_is_out(two):
    out = add_account(two.server, "out@beta.example", "Beta Reselling", 0)
    [(account,)] = query(two.server, "SELECT id FROM accounts WHERE email = 'out@beta.example'")
    page = two.bea.post(f"/people/{account}", form={"verdict": "link"}).text
    link = re.search(r"http[^\"<\s]+/set-up/\w+", page).group()
    assert two.bea.post(f"/people/{account}", form={"verdict": "disable"}).status == 303
    assert not out.is_signed_in
    # Nor does a link let them in that was handed out before.
    answer = Client(two.server).post(
        urllib.parse.urlsplit(link).path, form={"name": "Out", "password": PASSWORD})
    assert not Client(two.server, cookie(answer) or "0").is_signed_in
    assert two.bea.post(f"/people/{account}", form={"verdict": "enable"}).status == 303
    # Who is let in again signs in anew.
    assert not out.is_signed_in


def test_a_link_is_good_once_and_a_new_password_ends_sessions(two):
    old = add_account(two.server, "old@beta.example", "Beta Reselling", 0)
    [(account,)] = query(two.server, "SELECT id FROM accounts WHERE email = 'old@beta.example'")
    page = two.bea.post(f"/people/{account}", form={"verdict": "link"}).text
    path = urllib.parse.urlsplit(re.search(r"http[^\"<\s]+/set-up/\w+", page).group()).path
    for password, said in (
            ("1234567", "too short"), ("x" * 1_025, "too long"), ("Sunshine", "Many people")):
        refused = Client(two.server).post(path, form={"name": "Old", "password": password})
        assert refused.status == 400 and said in refused.text and old.is_signed_in
    # What stands in the form beside the password is not asked.
    new = Client(two.server).take_link(
        path, "Old", password=PASSWORD, role="site", email="ann@quokka.example",
        reseller="Quokka Reselling")
    assert new.is_signed_in and not old.is_signed_in
    assert query(two.server, "SELECT reseller, role, email FROM accounts WHERE id = ?", account
                 ) == [("Beta Reselling", 0, "old@beta.example")]
    assert Client(two.server).get(path).status == 404
    assert Client(two.server).post(path, form={"password": PASSWORD}).status == 404


def test_only_the_first_account_needs_no_invitation(tmp_path):
    """A server that started twice has said two links: with the first account both are spent."""
    server = Server(tmp_path / "fresh")
    first = server.link
    server.stop()
    server.start()
    links = set(re.findall(r"http\S+/set-up/\w+", server.log()))
    try:
        assert len(links) == 2
        other = (links - {first}).pop()
        Client(server).take_link(
            other, "Ann", reseller="Quokka", email="ann@quokka.example", password=PASSWORD)
        path = urllib.parse.urlsplit(first).path
        answer = Client(server).post(path, form={
            "reseller": "Evil", "name": "Eve", "email": "eve@evil.example",
            "password": PASSWORD})
        assert answer.status == 404
        assert query(server, "SELECT email FROM accounts") == [("ann@quokka.example",)]
    finally:
        server.stop()


# MARK: - What forms may not say

@pytest.mark.parametrize("more, expected", [
    ({"role": "site"}, None),
    ({"role": "user", "reseller": "Quokka Reselling"}, ("Beta Reselling", 0)),
    ({"role": "admin", "reseller": "Quokka Reselling", "id": "1"}, ("Beta Reselling", 1)),
    ({"role": "2"}, ("Beta Reselling", 0)),
    ({"role": "SITE"}, ("Beta Reselling", 0)),
    ({"role": ["user", "site"]}, ("Beta Reselling", 0)),
    ({"password": "already chosen", "disabled": "0"}, ("Beta Reselling", 0)),
])
def test_an_admin_invites_for_their_own_reseller_only(two, more, expected):
    email = re.sub(r"\W", "", str(more)).lower() + "@beta.example"
    answer = two.bea.post("/people", form={"email": email, "name": "New", **more})
    found = query(two.server, "SELECT reseller, role, password FROM accounts WHERE email = ?",
                  email)
    assert answer.status == (200 if expected else 403)
    assert found == ([(*expected, "")] if expected else [])


def test_only_who_runs_the_site_sees_whose_people_they_are(two):
    assert two.ann.get("/people").text.count("Beta Reselling") > 0
    table = two.bea.get("/people").text.split("<tbody>")[1].split("</tbody>")[0]
    assert "bea@beta.example" in table and "Beta Reselling" not in table


def test_who_is_invited_twice_need_not_be_typed_twice(two):
    form = {"name": "Twice & Co", "email": "bea@beta.example", "role": "admin"}
    answer = two.bea.post("/people", form=form)
    assert answer.status == 409
    assert 'value="Twice &amp; Co"' in answer.text and 'value="bea@beta.example"' in answer.text
    assert '<option value="admin" selected>' in answer.text


def test_an_administrator_who_forgot_the_password_gets_a_link_from_the_terminal(tmp_path):
    server = Server(tmp_path / "site")
    try:
        ann = Client(server).take_link(
            server.link, "Ann", reseller="Quokka", email="ann@quokka.example", password=PASSWORD)
        server.stop()
        server.arguments = ("--link-for", "Ann@Quokka.example")
        server.start()
        link = re.findall(r"http\S+/set-up/\w+", server.log())[-1]
        assert link != server.link
        new = Client(server).take_link(link, "Ann", password="another gate of rows")
        assert new.is_signed_in and not ann.is_signed_in
        server.stop()
        server.arguments = ("--link-for", "nobody@quokka.example")
        ended = subprocess.run(server.command(), capture_output=True, text=True, timeout=60)
        assert ended.returncode == 64 and "nobody@quokka.example" in ended.stderr
    finally:
        server.kill()


def test_an_admin_does_not_touch_who_may_more(two):
    # Ann, who may all, and Ada are of the same reseller.
    [(ann,)] = query(two.server, "SELECT id FROM accounts WHERE email LIKE 'ann@%'")
    before = state(two.server)
    for verdict in ("disable", "link", "enable"):
        assert two.ada.post(f"/people/{ann}", form={"verdict": verdict}).status == 404
    assert state(two.server) == before


def test_an_upload_is_its_senders_whatever_the_form_says(two):
    answer = two.bea.send(
        "/portals/studio/uploads?reseller=Quokka+Reselling", part("reseller", b"Quokka Reselling"),
        part("workbook", b"nothing of a workbook", "own.xlsx"), part("state", b"5"))
    assert answer.status == 303
    two.bea.wait(answer.location)
    assert two.ann.get(answer.location).status == 404
    assert query(two.server, "SELECT reseller, state FROM uploads WHERE id = ?",
                 answer.location.split("/")[-1]) == [("Beta Reselling", 3)]


# MARK: - Headers

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
    "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'", "object-src": "'none'"}
ANSWERS = {
    "a page": ("ann", "GET", "/", 200),
    "the sign-in": ("stranger", "GET", "/sign-in", 200),
    "a way to it": ("stranger", "GET", "/people", 303),
    "nothing there": ("ann", "GET", "/no/such/page", 404),
    "nothing there for strangers": ("stranger", "GET", "/no/such/page", 404),
    "a change without an account": ("stranger", "POST", "/sign-out", 401),
    "a method that is none": ("ann", "PUT", "/", 404),
    "a style": ("stranger", "GET", "/assets/style.css", 200),
    "a style that is none": ("stranger", "GET", "/assets/none.css", 404),
    "health": ("stranger", "GET", "/health", 200),
    "a record of what was done": ("ann", "GET", "/audit.csv", 200),
    "a workbook": ("ann", "GET", "UPLOAD/files/workbook.xlsx", 200),
    "progress": ("ann", "GET", "UPLOAD/progress", 200),
    "a form that is none": ("ann", "POST", "/portals/studio/uploads", 400),
    "a form that is too large": ("stranger", "POST", "/language", 413),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_says_what_a_browser_must_not_do(two, name):
    who, method, path, status = ANSWERS[name]
    body = b"a" * (2 << 20) if status == 413 else None
    answer = getattr(two, who).ask(method, path.replace("UPLOAD", two.upload), body=body)
    assert answer.status == status
    rules = answer.headers["Content-Security-Policy"].split("; ")
    # What somebody opens beside the page does nothing there.
    is_file = answer.headers["Content-Disposition"] is not None
    assert rules[len(POLICY):] == ["sandbox"] * is_file
    assert dict(rule.split(" ", 1) for rule in rules[:len(POLICY)]) == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers.get("Access-Control-Allow-Origin") is None
    # What is somebody's own no cache keeps.
    if who == "ann" and status == 200:
        assert answer.headers["Cache-Control"] == "no-store"
    if status == 200 and "html" not in answer.headers["Content-Type"]:
        assert b"<html" not in answer.body


def files(two):
    """Where files are handed out: on pages, and to programs."""
    for path in (*(path for method, path in EXPECTED if method == "get"), *PROGRAM_FILES):
        if re.search(r"\.(xlsx|yaml|csv)$|\{file\}$", path):
            yield path


PROGRAM_FILES = re.findall(
    r'\.get, "(/\S+(?:\{file\}|\.xlsx|\.csv))"',
    "".join(path.read_text(encoding="utf-8")
            for path in sorted((ROOT / "Sources/Server/API").glob("*.swift"))))


def test_no_file_is_shown_as_a_page(two):
    token = "rg_" + "a" * 43
    change(two.server, "INSERT INTO tokens (account, name, digest, created)"
           " SELECT id, 'files', ?, 1 FROM accounts WHERE email = 'ann@quokka.example'",
           digest(token))
    reached = []
    for path in files(two):
        address = two.address(path.replace("{import}", two.upload.split("/")[-1]))
        if path in PROGRAM_FILES:
            name = "upload.xlsx" if "batch" in path else "workbook.xlsx"
            address = "/api/v1" + address.rpartition("/")[0] + "/" + (
                name if "{file}" in path else path.rpartition("/")[2])
        answer = two.ann.get(address, headers={"Authorization": f"Bearer {token}"})
        assert answer.status == 200, address
        assert answer.headers["Content-Disposition"].startswith("attachment; filename="), address
        assert answer.headers["Content-Security-Policy"].endswith("; sandbox"), address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        reached.append(path)
    # The report that a browser would show.
    report = two.ann.get(f"{two.upload}/files/report.html")
    assert (report.status, report.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert report.headers["Content-Security-Policy"].endswith("; sandbox")
    assert len(reached) >= 8, reached


def test_a_forbidden_change_says_it_too(two):
    answer = two.ann.post("/language", form={}, is_own=False)
    assert answer.status == 403
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/sign-in", "UPLOAD", "BATCH", "/people", "/audit"])
def test_no_page_has_script_or_style_in_it(two, path):
    page = two.ann.get(path.replace("UPLOAD", two.upload).replace("BATCH", two.batch)).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page)


# MARK: - Uploads

SIZE_MAX = 128 << 20
HEAD_MAX = 16 << 10


def upload_head(server, client, *lines):
    """The head of an upload, as bytes."""
    return "\r\n".join([
        "POST /portals/studio/uploads HTTP/1.1", f"Host: 127.0.0.1:{server.port}",
        "Sec-Fetch-Site: same-origin", f"Cookie: rowgate={client.secret}",
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}", *lines, "", ""]).encode()


def left(two):
    """All uploads, and all files and folders of some, when nobody works on one any more."""
    folder = two.server.folder / "data"
    assert until(lambda: not query(
        two.server, "SELECT 1 FROM uploads WHERE state IN (0, 1, 4)"))
    rows = query(two.server, "SELECT id FROM uploads ORDER BY id")
    return rows, sorted(path for name in ("uploads", "incoming") for path in below(folder / name))


def test_an_upload_that_says_it_is_too_large_is_not_read(two):
    before = left(two)
    head = upload_head(two.server, two.bea, f"Content-Length: {SIZE_MAX + HEAD_MAX + 1}")
    with socket.create_connection(("127.0.0.1", two.server.port), timeout=SECONDS) as connection:
        # Nothing of the body is sent yet: an answer is not waiting for it.
        connection.sendall(head)
        assert statuses(connection.recv(65536)) == [413]
        count = 0
        connection.settimeout(3)
        try:
            while count < SIZE_MAX:
                count += connection.send(bytes(64 << 10))
        except OSError:
            pass
    # What lies between two programs on one machine takes some MiB by itself.
    assert count <= 16 << 20
    assert left(two) == before


@pytest.mark.parametrize("length", [SIZE_MAX * 2, 2**63 - 1])
def test_no_length_is_too_large_to_be_refused(two, length):
    with socket.create_connection(("127.0.0.1", two.server.port), timeout=SECONDS) as connection:
        connection.sendall(upload_head(two.server, two.bea, f"Content-Length: {length}"))
        assert statuses(connection.recv(65536)) == [413]


def send_chunked(two, head, size, piece):
    """Sends chunks until an answer comes. Gives back its status and the bytes that were sent."""
    chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    with socket.create_connection(("127.0.0.1", two.server.port), timeout=SECONDS) as connection:
        count, answer = 0, b""
        try:
            connection.sendall(head)
            while count < size and not select.select([connection], [], [], 0)[0]:
                connection.sendall(chunk)
                count += len(piece)
            # It waits for the rest of what was begun, else.
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(65536)
        except OSError:
            pass
        return statuses(answer), count


def test_a_form_in_chunks_is_cut_off(two):
    """A form without a file may have 1 MiB, whether or not it says its size."""
    head = upload_head(two.server, two.bea, "Transfer-Encoding: chunked").replace(
        b"/portals/studio/uploads", b"/language")
    found, count = send_chunked(two, head, 64 << 20, bytes(64 << 10))
    assert found in ([413], [])
    assert count < 32 << 20


@pytest.mark.skipif(SLOWNESS > 1, reason="a debug build reads 128 MiB too slowly")
def test_an_upload_in_chunks_is_cut_off(two):
    before = left(two)
    head = upload_head(two.server, two.bea, "Transfer-Encoding: chunked")
    opening = f"--{BOUNDARY}\r\n".encode() + part("workbook", b"", "large.xlsx")
    head += f"{len(opening):x}\r\n".encode() + opening + b"\r\n"
    found, count = send_chunked(two, head, SIZE_MAX * 2, bytes(256 << 10))
    assert found in ([413], [])
    assert SIZE_MAX <= count < SIZE_MAX + (16 << 20)
    assert until(lambda: left(two) == before)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
@pytest.mark.parametrize("path", ["/portals/studio/uploads", "/portals/studio/lists/domains"])
def test_an_upload_that_breaks_off_leaves_nothing(two, path, share):
    before = left(two)
    field = path.split("/")[3].rstrip("s").replace("upload", "workbook")
    body = multipart(part(field, bytes(300_000), "broken.xlsx"))
    head = upload_head(two.server, two.bea, f"Content-Length: {len(body)}").replace(
        b"/portals/studio/uploads", path.encode())
    with socket.create_connection(("127.0.0.1", two.server.port), timeout=SECONDS) as connection:
        connection.sendall(head + body[:int(len(body) * share)])
        # It is on its way: else there would be nothing to leave.
        assert until(lambda: left(two) != before)
    assert until(lambda: left(two) == before)


GOOD = part("workbook", b"first", "first.xlsx")
BROKEN = {
    "no type": ("", multipart(GOOD)),
    "another type": ("application/json", b"{}"),
    "a form without files": ("application/x-www-form-urlencoded", b"workbook=a"),
    "no boundary": ("multipart/form-data", multipart(GOOD)),
    "an empty boundary": ("multipart/form-data; boundary=", multipart(GOOD)),
    "a boundary too long": (
        f"multipart/form-data; boundary={'b' * 71}", multipart(GOOD, boundary="b" * 71)),
    "another boundary": ("multipart/form-data; boundary=other", multipart(GOOD)),
    "no end": (None, multipart(GOOD)[:-4]),
    "nothing": (None, b""),
    "17 parts": (None, multipart(*[part(f"p{at}", b"") for at in range(16)], GOOD)),
    "10,000 parts": (None, multipart(*[part("p", b"")] * 10_000, GOOD)),
    "a part with a head of 1 MiB": (
        None, multipart(b"X-Long: " + b"a" * (1 << 20) + b"\r\n" + GOOD)),
    "a part without a name": (
        None, multipart(b"Content-Disposition: form-data\r\n\r\na", GOOD)),
    "a part without a head": (None, multipart(b"\r\n\r\na", GOOD)),
    "text behind a boundary": (None, multipart(GOOD).replace(
        BOUNDARY.encode() + b"\r\n", BOUNDARY.encode() + b"x\r\n")),
    "no file": (None, multipart(part("other", b"a", "a.xlsx"))),
    "no name of the file": (None, multipart(part("workbook", b"a"))),
    "an empty name of the file": (None, multipart(part("workbook", b"a", ""))),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_form_that_is_broken_leaves_nothing(two, name):
    kind, body = BROKEN[name]
    kind = f"multipart/form-data; boundary={BOUNDARY}" if kind is None else kind
    before = left(two)
    answer = two.bea.post(
        "/portals/studio/uploads", body=body, headers={"Content-Type": kind} if kind else {})
    assert answer.status == 400
    assert left(two) == before


NEAR = f"\r\n--{BOUNDARY}"[:-1].encode() + b"\r\n--" + b"\r\n\r\r\n-" + BOUNDARY.encode()
WHOLE = {
    "the first of two files": (multipart(GOOD, part("workbook", b"two", "2.xlsx")), b"first"),
    "among other fields": (multipart(part("a", b"1"), GOOD, part("b", b"2", "b")), b"first"),
    "16 parts": (
        multipart(*[part(f"p{at}", b"") for at in range(15)], GOOD), b"first"),
    "almost a boundary in it": (multipart(part("workbook", NEAR * 100, "a.xlsx")), NEAR * 100),
    "text before and behind": (b"before\r\n" + multipart(GOOD) + b"behind", b"first"),
    "an empty file": (multipart(part("workbook", b"", "empty.xlsx")), b""),
}


@pytest.mark.parametrize("name", WHOLE)
def test_of_a_form_the_right_file_is_kept(two, name):
    body, expected = WHOLE[name]
    answer = two.bea.post("/portals/studio/uploads", body=body, headers={
        "Content-Type": f'multipart/form-data; boundary="{BOUNDARY}"'})
    assert answer.status == 303
    path = two.server.folder / "data" / answer.location[1:] / "workbook.xlsx"
    assert path.read_bytes() == expected
    two.bea.wait(answer.location)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity, gzip"])
def test_a_body_that_is_packed_is_not_unpacked(two, coding):
    before = left(two)
    answer = two.bea.send("/portals/studio/uploads", GOOD, headers={"Content-Encoding": coding})
    assert answer.status == 415
    assert left(two) == before


# What somebody may call a file, and what the site calls it then.
NAMES = {
    "../../../../tmp/evil.xlsx": "evil.xlsx",
    "..\\..\\evil.xlsx": "evil.xlsx",
    "/etc/passwd": "passwd",
    "C:\\Users\\Ann\\march.xlsx": "march.xlsx",
    "<script>alert(1)</script>.xlsx": "script>.xlsx",
    "<img src=x onerror=alert(1)>.xlsx": "<img src=x onerror=alert(1)>.xlsx",
    "a%22 onload=%22alert(1).xlsx": 'a" onload="alert(1).xlsx',
    "{{#t}}{{/t}}{{{path}}}.xlsx": "t}}{{{path}}}.xlsx",
    "gpj.\u202excod.xlsx": "gpj.xcod.xlsx",
    "a\tb\x1bc\x7f.xlsx": "abc.xlsx",
    "--preview.xlsx": "--preview.xlsx",
    "-o": "-o",
    "..": "workbook.xlsx",
    ".": "workbook.xlsx",
    "=1+1.xlsx": "=1+1.xlsx",
    "é" * 200 + ".xlsx": "é" * 97 + ".xlsx",
    "März – Ωmega 表.xlsx": "März – Ωmega 表.xlsx",
}


@pytest.fixture(scope="module")
def named_uploads(two):
    """Uploads of all the names at once: what each is checked by takes its time to start."""
    book = (STUDIO / "good.xlsx").read_bytes()
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(
            lambda name: two.bea.send("/portals/studio/uploads", part("workbook", book, name)),
            NAMES))
    return dict(zip(NAMES, paths, strict=True))


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:20]))
def test_a_name_of_a_file_is_text_and_no_place(two, named_uploads, name):
    answer = named_uploads[name]
    assert answer.status == 303
    page = two.bea.wait(answer.location)
    shown = NAMES[name]
    assert html.escape(shown) in page.text.replace("&#39;", "&#x27;")
    assert "<script>alert" not in page.text and "<img src=x" not in page.text
    assert 'onload="alert' not in page.text
    # It was looked at as any other: its name is no option of what looks at it.
    [(state,)] = query(two.server, "SELECT state FROM uploads WHERE id = ?",
                       answer.location.split("/")[-1])
    said = two.server.folder / "data" / answer.location[1:] / "said.txt"
    assert state == 2 or b"worker." not in said.read_bytes(), said.read_bytes()
    assert state == 2, said.read_bytes()
    # It is not where the name says.
    assert not any("evil" in path.name or path.name.startswith("-")
                   for path in below(two.server.folder / "data"))
    download = two.bea.get(f"{answer.location}/files/workbook.xlsx")
    assert download.status == 200
    told = download.headers["Content-Disposition"]
    assert re.fullmatch(
        r"attachment; filename=\"[\w. -]*\"; filename\*=UTF-8''[\w%]+", told, re.A), told


LIST_NAMES = ["..", ".", "../../rowgate.db", "--by=x", "表" * 200, "a\x00b.csv", "workbook.xlsx",
              "a=b,c.csv", "-"]


@pytest.mark.parametrize("path", ["/portals/studio/lists/domains", "BATCH/confirm"])
@pytest.mark.parametrize("name", LIST_NAMES, ids=lambda name: ascii(name[:12]))
def test_a_list_is_taken_or_refused_whatever_its_name(two, path, name):
    before = left(two)
    path = path.replace("BATCH", two.beta_batch)
    for content in (b"beta.12345.service\n", b"PK\x03\x04 of no workbook"):
        answer = two.bea.send(path, part("list", content, name))
        assert answer.status in (303, 400), content
        # It is not told where files lie.
        assert str(two.server.folder) not in answer.text and "incoming" not in answer.text
        assert left(two) == before


# MARK: - Requests that are none

ODD = {
    "a length and chunks": (
        "POST /language HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "two lengths": (
        "POST /language HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"
        "aaaaaa"),
    "a length below zero": "POST /language HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "a length of two numbers": (
        "POST /language HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\naaaaaa"),
    "a length beyond 64 bits": (
        f"POST /language HTTP/1.1\r\nHost: a\r\nContent-Length: {'9' * 40}\r\n\r\n"),
    "an unknown coding": (
        "POST /language HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    "a chunk that is no number": (
        "POST /language HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: none\r\n"
        "Transfer-Encoding: chunked\r\n\r\nzz\r\na\r\n0\r\n\r\n"),
    "a head of 10 MB": (
        "GET /health HTTP/1.1\r\nHost: a\r\nX-Long: " + "a" * 10_000_000 + "\r\n\r\n"),
    "100,000 fields": (
        "GET /health HTTP/1.1\r\nHost: a\r\n" + "X-One: 1\r\n" * 100_000 + "\r\n"),
    "101 fields": (
        "GET /health HTTP/1.1\r\nHost: a\r\n" + "X-One: 1\r\n" * 101 + "\r\n"),
    "an address of 1 MB": f"GET /{'a' * 1_000_000} HTTP/1.1\r\nHost: a\r\n\r\n",
    "bare line ends": "GET /health HTTP/1.1\nHost: a\n\n",
    "a bare line end": "POST /language HTTP/1.1\r\nHost: a\nContent-Length: 0\r\n\r\n",
    "a folded field": "GET /health HTTP/1.1\r\nHost: a\r\nX-One: 1\r\n 2\r\n\r\n",
    "a space before the colon": "GET /health HTTP/1.1\r\nHost : a\r\n\r\n",
    "no name of a field": "GET /health HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n",
    "a zero byte in a field": "GET /health HTTP/1.1\r\nHost: a\r\nX-One: a\x00b\r\n\r\n",
    "another protocol": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\x00" * 100,
}


@pytest.mark.parametrize("name", ODD)
def test_a_request_that_is_none_gets_no_page(two, name):
    answer = raw(two.server, ODD[name].encode("latin-1"))
    found = statuses(answer)
    assert len(found) <= 1, found
    assert set(found) <= {400, 403, 413, 414, 431, 501}, answer[:400]
    assert two.stranger.get("/health").status == 200


# MARK: - Wrong passwords

# A machine of its own, which others need not wait for.
SLOW = "127.0.0.11"

def test_wrong_passwords_wait_and_tell_nobody_who_is_known(two):
    """From a machine of its own, which others need not wait for."""
    source = "127.0.0.9"
    with ThreadPoolExecutor(2) as pool:
        known, unknown = pool.map(
            lambda email: signing_in(two, email, "wrong", source=source),
            ["ada@quokka.example", "zoe@quokka.example"])
    assert (known.status, unknown.status) == (401, 401)
    assert known.headers.get("Set-Cookie") is None
    assert known.text.replace("ada@", "") == unknown.text.replace("zoe@", "")


@pytest.fixture(scope="module")
def burst(two):
    """Wrong passwords for one account from one machine, all at once."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(
            lambda at: signing_in(two, "eve@quokka.example", f"wrong {at}", source=SLOW),
            range(8)))


def test_wrong_passwords_at_once_are_not_all_looked_at(burst):
    """Who sends a hundred at once must not try a hundred: five, and then each costs a wait."""
    found = [answer.status for answer in burst]
    assert set(found) <= {401, 429}
    assert found.count(401) <= 6


def test_wrong_passwords_cost_a_wait(two, burst):
    process, looked_at = two.server.process.pid, []
    # A wait may be over before all is asked: it doubles, and outgrows that soon.
    for _ in range(100):
        before, start = processor_seconds(process), time.monotonic()
        first = signing_in(two, "ian@quokka.example", "wrong", source=SLOW)
        if first.status == 401:
            looked_at.append(processor_seconds(process) - before)
            continue
        assert first.status == 429
        wait = int(first.headers["Retry-After"])
        if wait < 3 or not looked_at:
            time.sleep(wait)
            continue
        before = processor_seconds(process)
        # Also the right password waits, and nobody is told more of one than of another.
        answers = [
            signing_in(two, email, password, source=SLOW) for email, password in
            [("ann@quokka.example", PASSWORD), ("abe@quokka.example", "wrong")] * 5]
        cost = (processor_seconds(process) - before) / len(answers)
        if time.monotonic() - start < wait - 1:
            break
    else:
        pytest.fail("there is no wait that lasts")
    for answer in answers:
        assert answer.status == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 900
        assert answer.headers.get("Set-Cookie") is None
    # It is not worked out whether it would be right.
    assert cost < min(looked_at) / 2


# MARK: - Secrets

def test_no_secret_is_written_down(two):
    """Passwords, sessions, links: not in the log, the memory, nor any file beside."""
    secret = "canary7d1f of many rows"
    invited = two.bea.post("/people", form={"email": "can@beta.example", "name": "Can"}).text
    unused = re.search(r"/set-up/(\w+)", invited).group(1)
    invited = two.bea.post("/people", form={"email": "cat@beta.example", "name": "Cat"}).text
    used = re.search(r"/set-up/(\w+)", invited).group(1)
    cat = Client(two.server).take_link(f"/set-up/{used}", "Cat", password=secret)
    Client(two.server, source="127.0.0.8").post(
        "/sign-in", form={"email": "cat@beta.example", "password": "wrong canary7d1f"})
    # An error of each kind: what goes wrong is written down.
    cat.get("/batches/99.1")
    cat.get(f"/set-up/{used}")
    cat.post("/language", form={"lang": secret}, is_own=False)
    planted = ["canary7d1f", cat.secret, unused, used, PASSWORD]
    # The link that the first start says is said on purpose; it is spent by now.
    files = [path for path in below(two.server.folder) if path.is_file()]
    assert any(path.name == "rowgate.db" for path in files)
    assert any(path.name == "log" for path in files)
    for path in files:
        content = path.read_bytes()
        for word in planted:
            assert word.encode() not in content, (path.name, word[:8])
            assert word.encode().hex().encode() not in content, (path.name, word[:8])
    # Nor on a page of who may see what was done.
    assert not any(word in two.bea.get("/audit.csv").text for word in planted)


def test_no_cell_is_written_to_the_log(two):
    """What is in somebody's workbook is theirs: names and addresses of their customers."""
    log = two.server.log()
    for cell in ("Müller", "birch.example", "alder.12345", "quokka.12345"):
        assert cell not in log


def test_only_the_server_reads_what_it_keeps(two):
    folder = two.server.folder / "data"
    for path in below(folder):
        if path.is_file():
            way = [path, *path.parents][:len(path.relative_to(folder).parts) + 1]
            # One closed door on the way to it is enough.
            assert any(one.stat().st_mode & 0o077 == 0 for one in way), path.relative_to(folder)


# MARK: - Ends

@pytest.fixture(scope="module")
def ending(tmp_path_factory):
    """A site of its own that may be ended, and somebody who uploads."""
    server = Server(tmp_path_factory.mktemp("one"), "--workers", "2")
    yield server, add_account(server, "ann@quokka.example", "Quokka Reselling", 2)
    server.kill()


@pytest.fixture
def one(ending):
    server, _ = ending
    if server.process.poll() is not None:
        assert until(lambda: not processes_of(server))
        server.start()
    return ending


@functools.cache
def long_book():
    """A workbook that takes long enough for somebody to see it being checked."""
    book = openpyxl.load_workbook(STUDIO / "good.xlsx")
    sheet = book["Customers"]
    first = [cell.value for cell in sheet[2]]
    for at in range(6_000):
        sheet.append([f"{value}{at}" if value else value for value in first])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def hand_in(client, count, book=None):
    book = book or (STUDIO / "good.xlsx").read_bytes()
    return [client.upload("studio", book, f"{at}.xlsx") for at in range(count)]


def ends(server, paths):
    """The states that uploads come to: 2 is judged."""
    found = dict(query(server, "SELECT id, state FROM uploads"))
    return [found.get(path.split("/")[-1]) for path in paths]


@contextlib.contextmanager
def held(server, client, count):
    """Uploads that are being checked, by workers that stand still until the end: process ids and
    paths. All that there may be at a time, and nobody else's upload is looked at."""
    stopped, paths = [], []
    try:
        while len(stopped) < count:
            paths += hand_in(client, 1, long_book())
            # One that ended before it was seen standing is no loss: another one comes.
            until(lambda: stand_still(server, stopped) or ends(server, paths[-1:])[0] > 1)
        yield stopped, paths
    finally:
        for process in stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def stand_still(server, stopped):
    """Whether another worker has been stopped that has bound itself, and was not through."""
    for process in set(processes_of(server)) - {*stopped}:
        with contextlib.suppress(OSError):
            limits = pathlib.Path(f"/proc/{process}/limits").read_text()
            if not re.search(r"Max open files +64 ", limits):
                continue
            os.kill(process, signal.SIGSTOP)
            status = pathlib.Path(f"/proc/{process}/stat")
            until(lambda: status.read_text().rpartition(")")[2].split()[0] in "TtZX")
            if status.read_text().rpartition(")")[2].split()[0] in "Tt":
                stopped.append(process)
                return True
    return False


def test_what_checks_a_file_has_no_connection_of_the_servers(one):
    """It reads what nobody knows: it must not speak to, nor in the name of, anybody."""
    server, client = one
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as somebody:
        somebody.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        somebody.recv(65536)
        with held(server, client, 1) as ([process], paths):
            found = list(pathlib.Path(f"/proc/{process}/fd").iterdir())
            links = {int(one.name): os.readlink(one) for one in found}
            handed = {number: link for number, link in links.items() if not is_own(process, number)}
    for path in paths:
        client.wait(path)
    assert not [link for link in links.values() if link.startswith("socket:")], links
    # What it opens itself may be the memory, as it looks things up there.
    assert not [link for link in handed.values() if "rowgate.db" in link], handed
    assert len(handed) >= 3


def is_own(process, descriptor):
    """Whether a process opened it itself: what it was handed is open beyond the start of a
    program (O_CLOEXEC)."""
    said = pathlib.Path(f"/proc/{process}/fdinfo/{descriptor}").read_text()
    return bool(int(re.search(r"flags:\s+(\d+)", said).group(1), 8) & os.O_CLOEXEC)


def test_what_was_accepted_ends_after_a_kill(one):
    server, client = one
    with held(server, client, 2) as (_, paths):
        paths += hand_in(client, 8)
        server.kill()
        # Workers do not outlive who started them: two would write to one folder.
        assert until(lambda: not processes_of(server))
    assert set(ends(server, paths)) & {0, 1}
    server.start()
    for path in paths:
        client.wait(path)
    assert ends(server, paths) == [2] * len(paths)


def test_a_worker_that_is_killed_ends_one_upload_only(one):
    server, client = one
    with held(server, client, 1) as ([process], paths):
        paths += hand_in(client, 2)
        os.kill(process, signal.SIGKILL)
    pages = [client.wait(path).text for path in paths]
    assert server.process.poll() is None
    found = ends(server, paths)
    # Tried again, or ended with what became of it; the others are as always.
    assert sorted(found)[:-1] == [2] * (len(paths) - 1) and set(found) <= {2, 3}
    assert all("worker." in page for page, state in zip(pages, found) if state == 3)


def test_a_server_that_is_told_to_end_goes_on_at_once_when_started(one):
    """Also while workers of before are still ending: they hold nothing of the server's."""
    server, client = one
    with held(server, client, 2) as (_, paths):
        paths += hand_in(client, 4)
        status = server.stop(deadline=10)
    assert status == 0
    server.start()
    for path in paths:
        client.wait(path)
    assert ends(server, paths) == [2] * len(paths)


def test_nobody_holds_a_server_that_is_told_to_end(one):
    """Neither an upload that comes no further nor an open connection."""
    server, client = one
    body = multipart(part("workbook", bytes(300_000), "half.xlsx"))
    address = ("127.0.0.1", server.port)
    with socket.create_connection(address, timeout=SECONDS) as half, \
            socket.create_connection(address, timeout=SECONDS) as idle:
        idle.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        idle.recv(65536)
        count = len(list((server.folder / "data/uploads").iterdir()))
        head = upload_head(server, client, f"Content-Length: {len(body)}")
        half.sendall(head + body[:150_000])
        assert until(
            lambda: len(list((server.folder / "data/uploads").iterdir())) > count)
        try:
            status = server.stop(deadline=10)
        except subprocess.TimeoutExpired:
            status = "still there after 10 s"
            server.kill()
    server.start()
    assert status == 0


@pytest.mark.parametrize("place", ["address", "folder"])
def test_a_second_server_in_a_place_says_so_and_takes_nothing(server, tmp_path, place):
    listen, data, why = {
        "address": (server.port, tmp_path / "data", "Address already in use"),
        # No port is bound before.
        "folder": (1, server.folder / "data", "another server works in this folder"),
    }[place]
    second = subprocess.run(
        [BINARY, "serve", "--listen", f"127.0.0.1:{listen}", "--data", data],
        capture_output=True, text=True, timeout=60)
    told = data if place == "folder" else f"127.0.0.1:{listen}"
    assert "/set-up/" not in second.stderr or place == "address"
    assert second.returncode == 75
    assert f"Nothing can be served at {told}: {why}." in second.stderr
    assert "Rowgate is at" not in second.stderr + second.stdout
