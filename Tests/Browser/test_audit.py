"""Whatever somebody changes, on a page or with a program, the history says who and what."""

import csv
import re
import zlib

import pytest

import test_api
from client import Client, add_account, change, part, query
from conftest import PASSWORD, ROOT, Server
from test_api import Program, documented, let_in, strict
from test_safety import POSTS
from test_settings import save

STUDIO = ROOT / "Fixtures/studio"
GOOD, MIXED, FILTERED = (
    (STUDIO / f"{name}.xlsx").read_bytes() for name in ("good", "mixed", "filtered"))
DOMAINS = (STUDIO / "domains.csv").read_bytes()
CUSTOMERS = "/portals/studio/records/customers"
CELL = {"sheet": "Customers", "column": "B", "row": "6", "value": "new@new.example"}

# Of the routes that change something of a reseller: who does it, and what the history has then.
# A new route fails `test_every_route_that_changes_is_tried` until it stands here.
PAGES = {
    "/set-up/{secret}": (lambda it: it.take_link(), ["password"]),
    "/portals/{portal}/uploads": (lambda it: it.people.upload("studio", GOOD), ["upload"]),
    "/portals/{portal}/lists/{list}": (
        lambda it: it.people.send("/portals/studio/lists/domains", part("list", DOMAINS, "a.csv")),
        ["load"]),
    "/portals/{portal}/settings": (lambda it: save(it.people, {"platform": "Mine"}), ["load"]),
    "/portals/{portal}/existing/{offer}": (
        lambda it: it.people.post(it.offered()), ["adopt"]),
    "/uploads/{upload}/standing": (
        lambda it: it.people.post(f"{it.checked(GOOD)}/standing", form={"standing": "aside"}),
        ["aside"]),
    "/uploads/{upload}/standing open": (
        lambda it: it.people.post(f"{it.checked(GOOD)}/standing", form={"standing": "open"}),
        ["resume"]),
    "/uploads/{upload}/cancel": (lambda it: it.people.post(f"{it.waiting()}/cancel"), ["cancel"]),
    "/uploads/{upload}/hidden": (
        lambda it: it.people.post(f"{it.checked(FILTERED)}/hidden", form={"hidden": "take"}),
        ["hidden"]),
    "/uploads/{upload}/fix": (
        lambda it: it.people.post(f"{it.checked(MIXED)}/fix", form=CELL), ["fix"]),
    "/uploads/{upload}/suggestions": (
        lambda it: it.people.post(
            f"{it.checked(MIXED)}/suggestions", form={
                "code": "cell.required", "column": "Platform", "found": "",
                "suggestion": "Luminate Wholesale"}),
        ["fix"]),
    "/uploads/{upload}/approve": (lambda it: it.people.approve(it.checked(GOOD)), ["accept"]),
    "/batches/{batch}/steps": (
        lambda it: it.people.post(f"{it.batch()}/steps", form={"verdict": "done", "step": "1"}),
        ["done"]),
    "/batches/{batch}/confirm": (
        lambda it: it.people.send(
            f"{it.batch()}/confirm", part("list", it.portals_list(), "a.csv")), ["done"]),
    "/batches/{batch}/undo": (lambda it: it.undo(), ["undo"]),
    "/batches/{batch}/by-hand": (lambda it: it.settle_by_hand(), ["by_hand"]),
    "/people": (
        lambda it: it.people.post("/people", form={"email": it.address("new"), "name": "New"}),
        ["account", "link"]),
    "/people/{account}": (
        lambda it: it.people.post(f"/people/{it.other()}", form={"verdict": "disable"}),
        ["disable"]),
    "/people/{account} enable": (
        lambda it: it.people.post(f"/people/{it.other()}", form={"verdict": "enable"}), ["enable"]),
    "/people/{account} link": (
        lambda it: it.people.post(f"/people/{it.other()}", form={"verdict": "link"}), ["link"]),
    "/limits": (
        lambda it: it.site_administrator().post(
            "/limits", form={"reseller": it.name, "size": "100"}), ["limits"]),
    "/portals/{portal}/records/{sheet}/new": (
        lambda it: it.people.post(f"{CUSTOMERS}/new", form={"field.firstName": "Ann"}), ["upload"]),
    "/portals/{portal}/records/{sheet}/{record}/{action}": (
        lambda it: it.people.post(
            f"{CUSTOMERS}/{it.record()}/edit", form={"field.firstName": "Eve"}), ["upload"]),
    "/tokens": (lambda it: it.people.post("/tokens", form={"name": "night"}), ["token"]),
    "/tokens/{token}": (lambda it: it.people.post(f"/tokens/{it.token()}"), ["revoke"]),
}
PROGRAMS = {
    ("POST", "/imports"): (lambda it: it.program.post(GOOD), ["upload"]),
    ("PUT", "/imports/{portal}/{name}"): (lambda it: it.program.put("studio", GOOD), ["upload"]),
    ("POST", "/imports/{import}/corrections"): (
        lambda it: it.ask("POST", f"{it.location(MIXED)}/corrections", {"corrections": [
            {"sheet": "Customers", "cell": "B6", "value": "new@new.example"}]}), ["fix"]),
    ("POST", "/imports/{import}/hidden"): (
        lambda it: it.ask("POST", f"{it.location(FILTERED)}/hidden", {"hiddenRows": "take"}),
        ["hidden"]),
    ("POST", "/imports/{import}/cancel"): (
        lambda it: it.ask("POST", f"{it.location(GOOD, state=0)}/cancel"), ["cancel"]),
    ("POST", "/imports/{import}/approval"): (lambda it: it.approve(), ["accept"]),
    ("PUT", "/lists/{portal}/{list}"): (
        lambda it: it.program.ask("PUT", "/lists/studio/domains?name=a.csv", DOMAINS), ["load"]),
    ("PUT", "/portals/{portal}/customers"): (
        lambda it: it.program.ask(
            "PUT", "/portals/studio/customers?name=a.csv", b"Company Name\nacme\n"), ["adopt"]),
    ("POST", "/batches/{batch}/operations"): (
        lambda it: it.ask("POST", f"{it.batch()}/operations", {
            "operations": [1], "state": "done", "note": ""}), ["done"]),
    ("PUT", "/batches/{batch}/confirmation"): (
        lambda it: it.program.ask(
            "PUT", f"{it.batch()}/confirmation?name=a.csv", it.portals_list()), ["done"]),
    ("POST", "/portals/{portal}/records/{sheet}"): (
        lambda it: it.ask("POST", CUSTOMERS, {
            "values": [{"column": "firstName", "value": "Ann"}]}), ["upload"]),
    ("POST", "/portals/{portal}/records/{sheet}/{record}"): (
        lambda it: it.ask("POST", f"{CUSTOMERS}/{it.record()}", {
            "values": [{"column": "firstName", "value": "Eve"}]}), ["upload"]),
}
# What changes nothing that a reseller has, and why.
NOTHING = {
    "/portals/{portal}/existing": "what comes is counted, and kept for who sent it to say yes",
    "/sign-in": "a session, which is its own and ends by itself",
    "/sign-out": "the same",
    "/language": "a cookie of one browser",
    "/portals/{portal}/compare": "what comes is compared, and nothing is kept",
}


class Bench:
    """A reseller of a test's own: people, a program, and what there must be before something is
    done with it."""

    def __init__(self, server, name):
        self.server, self.name = server, name
        self.people = add_account(server, self.address("ann"), name, 1)
        self.program = Program(server, let_in(self.people))

    def address(self, who):
        return f"{who}@{self.name}.example"

    def history(self):
        return query(self.server, "SELECT id, action, actor, object FROM audit"
                     " WHERE reseller = ? ORDER BY id", self.name)

    def begin(self):
        """What is in the history from here on is of what is tried."""
        self.before = len(self.history())

    def ready(self, value):
        self.begin()
        return value

    def ask(self, method, path, sent=None):
        return self.program.ask(method, path, sent=sent or {})

    def checked(self, book):
        path = self.people.upload("studio", book)
        self.people.wait(path)
        return self.ready(path)

    def offered(self):
        return self.ready(self.people.offer("studio", b"Company Name\nacme\n").location)

    def waiting(self):
        """An upload that nobody looks at: a worker is as fast as whoever calls it off."""
        path = self.checked(GOOD)
        change(self.server, "UPDATE uploads SET state = 0 WHERE id = ?", path.split("/")[-1])
        return path

    def location(self, book, state=None):
        location = self.program.put("studio", book).location
        self.program.wait(location)
        if state is not None:
            change(self.server, "UPDATE uploads SET state = ? WHERE id = ?",
                   state, location.split("/")[-1])
        return self.ready(location)

    def approve(self):
        location = self.location(GOOD)
        self.program.approve(location)
        self.program.wait(location)

    def batch(self):
        return self.ready(self.people.approve(self.people.upload("studio", GOOD)))

    def portals_list(self):
        """What the portal would say of the customers of the batch: the same."""
        found = self.program.get(f"{CUSTOMERS}?limit=500")["items"]
        return ("Company Name\n" + "".join(f"{one['name']}\n" for one in found)).encode()

    def undo(self):
        self.take_back(self.batch())

    def take_back(self, batch):
        page = self.people.get(f"{batch}/undo").text
        digest = re.search(r'name="digest" value="(\w+)"', page).group(1)
        self.people.post(f"{batch}/undo", form={"digest": digest})

    def settle_by_hand(self):
        batch = self.batch()
        steps = re.findall(r'name="step" value="(\d+)"', self.people.get(batch).text)
        self.people.post(f"{batch}/steps", form={"verdict": "done", "step": steps})
        self.take_back(batch)
        page = self.people.get(self.ready(batch)).text
        [record] = re.findall(r'name="record" value="(\w+)"', page)[:1]
        for _ in range(2):
            # What is so already is no change.
            self.people.post(f"{batch}/by-hand", form={"verdict": "done", "record": record})

    def record(self):
        self.batch()
        return self.ready(self.program.get(CUSTOMERS)["items"][0]["id"])

    def site_administrator(self):
        """The same, who runs the site as well."""
        change(self.server, "UPDATE accounts SET role = 2 WHERE email = ?", self.address("ann"))
        return self.ready(self.people)

    def other(self):
        add_account(self.server, self.address("bob"), self.name, 0)
        [(id,)] = query(self.server, "SELECT id FROM accounts WHERE email = ?", self.address("bob"))
        return self.ready(id)

    def token(self):
        let_in(self.people)
        [(id,)] = query(self.server, "SELECT max(id) FROM tokens")
        return self.ready(id)

    def take_link(self):
        page = self.people.post(f"/people/{self.other()}", form={"verdict": "link"}).text
        link = re.search(r"/set-up/\w+", page).group()
        self.begin()
        Client(self.server).take_link(link, "Bob", password=PASSWORD)



@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("audit"))
    Program.document = strict(documented(server))
    yield server
    server.stop()


@pytest.fixture
def bench(server, request):
    bench = Bench(server, f"r{zlib.crc32(request.node.name.encode())}")
    bench.begin()
    return bench


def test_every_route_that_changes_is_tried():
    assert {path.split()[0] for path in PAGES} | NOTHING.keys() == set(POSTS)
    assert set(PROGRAMS) == {route for route in test_api.ROUTES if route[0] != "GET"}


@pytest.mark.parametrize("route", [*PAGES, *PROGRAMS], ids=lambda route: "".join(route))
def test_what_is_changed_is_in_the_history(bench, route):
    act, actions = (PAGES | PROGRAMS)[route]
    act(bench)
    found = bench.history()[bench.before:]
    assert [action for _, action, _, _ in found] == actions
    who = bench.address("bob" if "set-up" in "".join(route) else "ann")
    assert {actor for _, _, actor, _ in found} == {who}
    assert all(of for _, _, _, of in found)
    # And they read of it, in words: no id of ours, and no number that nobody named.
    page = bench.people.get("/audit").text
    assert not re.search(r"audit\.(?!csv)\w+", page)
    told = re.sub(r"<[^>]*>", " ", page.partition("<tbody>")[2].partition("</tbody>")[0])
    assert not re.search(r"[0-9a-f]{32}|\w=|[{}]|_", told), told
    assert page.count('<th scope="row">') == len(bench.history())


def told(client, query="", headers=None):
    """The history as it is read: what was done, to what and where that is, what came of it."""
    page = client.get(f"/audit?query={query}", headers=headers).text
    rows = re.findall(
        r"<tr>\s*<th.*?</th>\s*<td.*?</td>\s*<td[^>]*>([^<]*?) ?(?:<span.*?)?</td>"
        r'\s*<td[^>]*>(?:<a href="([^"]*)">)?([^<]*)(?:</a>)?</td>\s*<td[^>]*>(.*?)</td>',
        page, re.S)
    assert len(rows) == page.count('<th scope="row">')
    return [(what, of, where, came) for what, where, of, came in rows]


def test_the_history_is_told_in_words(bench):
    hidden, mixed = bench.checked(FILTERED), bench.checked(MIXED)
    bench.people.post(f"{hidden}/hidden", form={"hidden": "leave"})
    bench.people.wait(hidden)
    bench.people.post(f"{mixed}/fix", form=CELL)
    bench.people.wait(mixed)
    batch = bench.people.approve(bench.people.upload("studio", GOOD, "may & june.xlsx"))
    for verdict in ("done", "ready", "refused"):
        bench.people.post(f"{batch}/steps", form={"verdict": verdict, "step": "1"})
    bench.people.send("/portals/studio/lists/domains", part("list", DOMAINS, "a.csv"))
    number = batch.split("/")[-1]
    name = "may &amp; june.xlsx"
    found = told(bench.people)
    assert found[0][:1] == ("loaded a list",) and found[0][1] == "NetSapiens domain list"
    assert re.fullmatch(r"\d+ names", found[0][3])
    assert found[1:4] == [
        ("recorded steps", f"Batch {number} ({name})", batch, words)
        for words in ("1 step refused", "no step done or refused", "1 step done")]
    assert found[4][:3] == ("approved an upload", f"Batch {number} ({name})", batch)
    assert re.fullmatch(r"\d+ rows ready", found[4][3])
    assert found[5][:2] == ("handed in an upload", name)
    assert found[6] == ("fixed cells of an upload", "march.xlsx", mixed, "1 cell")
    assert found[7] == ("said what becomes of hidden rows", "march.xlsx", hidden, "they are left")
    german = told(bench.people, headers={"Accept-Language": "de"})
    assert german[3][3] == "1 Schritt erledigt" and german[2][3].startswith("kein Schritt")
    # What they are called finds them, as does what is kept.
    assert [one[0] for one in told(bench.people, "MAY")] == [
        "recorded steps"] * 3 + ["approved an upload", "handed in an upload"]
    assert len(told(bench.people, "cells%3D1")) == 1
    assert {one[1] for one in told(bench.people, "ann%40")} >= {name}


def test_of_an_upload_that_is_gone_no_name_is_left(bench):
    path = bench.checked(GOOD)
    change(bench.server, "DELETE FROM uploads WHERE id = ?", path.split("/")[-1])
    assert told(bench.people)[0][:3] == (
        "handed in an upload", "an upload that is kept no longer", "")


def test_what_is_downloaded_is_as_it_is_kept_and_in_words(bench):
    path = bench.checked(MIXED)
    bench.people.post(f"{path}/fix", form=CELL)
    lines = list(csv.DictReader(bench.people.get("/audit.csv").text.splitlines()))
    kept = query(bench.server, "SELECT action, object, outcome, hash FROM audit"
                 " WHERE reseller = ? ORDER BY id", bench.name)
    assert [(one["what"], one["of"], one["outcome"], one["hash"]) for one in lines] == kept
    assert lines[-1]["outcome"] == "cells=1"
    assert [lines[-1][f"{name}_words"] for name in ("what", "of", "outcome")] == [
        "fixed cells of an upload", "march.xlsx", "1 cell"]


def test_a_change_that_is_refused_is_not_in_the_history(bench):
    path = bench.checked(GOOD)
    assert bench.people.post(f"{path}/fix", form=CELL | {"row": "-1"}).status == 400
    assert bench.people.post(f"{path}/cancel").status == 303
    assert bench.people.post("/tokens", form={"name": ""}).status == 400
    assert bench.history()[bench.before:] == []
