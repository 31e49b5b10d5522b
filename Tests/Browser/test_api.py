"""The reseller's whole way, as a program goes it; and what keeps programs apart."""

import contextlib
import copy
import http.client
import json
import re
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from client import (
    BOUNDARY, Answer, Client, add_account, change, multipart, part, query, raw, state, until)
from conftest import PASSWORD, ROOT, SECONDS, Server

STUDIO = ROOT / "Fixtures/studio"
GOOD = (STUDIO / "good.xlsx").read_bytes()
MIXED = (STUDIO / "mixed.xlsx").read_bytes()
OURS = re.compile("quokka", re.I)


class Program:
    """A program with a token. Each JSON that it is told is what the document says."""

    document = None

    def __init__(self, server, token=""):
        self.server, self.token = server, token

    def ask(self, method, path, body=None, headers=None, sent=None, is_whole=True):
        fields = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if sent is not None:
            body, fields["Content-Type"] = json.dumps(sent), "application/json"
        fields.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=SECONDS)
        with contextlib.closing(connection):
            address = path if path.startswith("/api/") else f"/api/v1{path}"
            # An answer may come, and the connection close, before all is sent.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, address, body, fields)
            found = connection.getresponse()
            answer = Answer(found.status, found.headers, found.read())
        if is_whole:
            fits(method, address, answer)
        return answer

    def get(self, path, status=200, **more):
        answer = self.ask("GET", path, **more)
        assert answer.status == status, answer.text
        return json.loads(answer.body)

    def put(self, portal, data, name="march.xlsx", status=202, **more):
        answer = self.ask("PUT", f"/imports/{portal}/{name}", data, **more)
        assert answer.status == status, answer.text
        return answer

    def post(self, data, name="march.xlsx", portal="studio", **more):
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        parts = part("portal", portal.encode()), part("file", data, name)
        return self.ask("POST", "/imports", multipart(*parts),
                        headers | more.pop("headers", {}), **more)

    def wait(self, location):
        """Until nothing is under way for an import."""
        deadline = time.monotonic() + SECONDS
        while True:
            found = self.get(location)
            if found["state"] not in ("waiting", "checking", "accepting"):
                return found
            assert time.monotonic() < deadline, found
            time.sleep(0.05)

    def approve(self, location, **more):
        found = self.wait(location)
        return self.ask(
            "POST", f"{location}/approval",
            sent={"digest": found["digest"], "acceptCharges": found["effects"]["paidCount"],
                  "withoutList": True}, **more)


def documented(server):
    return json.loads(Client(server).get("/api/v1/openapi.json").body)


def fits(method, address, answer):
    """Fails for an answer that the document does not tell of."""
    document = Program.document
    path = address.split("?")[0].removeprefix("/api/v1")
    for pattern, routes in document["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path) and method.lower() in routes:
            break
    else:
        pytest.fail(f"{method} {path} is not in the document")
    told = routes[method.lower()]["responses"].get(str(answer.status))
    assert told, (method, path, answer.status, answer.text)
    [(kind, content)] = told["content"].items()
    if kind == "application/octet-stream":
        return
    assert answer.headers["Content-Type"] == kind, (method, path)
    if "json" in kind and "schema" in content:
        schema = {**content["schema"], "components": document["components"]}
        jsonschema.validate(json.loads(answer.body), schema)


def strict(document):
    """The same, where no object may say more than it is told to."""
    document = copy.deepcopy(document)
    todo = [document]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            if value.get("type") == "object" and "properties" in value:
                value["additionalProperties"] = False
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    return document


def let_in(client, name="night run"):
    """A token, made on the page as people make it."""
    answer = client.post("/tokens", form={"name": name})
    assert answer.status == 200, answer.text
    return re.search(r'id="token"[^>]*value="(rg_[\w-]{43})"', answer.text).group(1)


class Two:
    """A site with two resellers, of whom Quokka has things that Beta wants."""

    def __init__(self, folder):
        self.server = Server(folder)
        Program.document = strict(documented(self.server))
        self.people = Client(self.server).take_link(
            self.server.link, "Ann", reseller="Quokka Reselling", email="ann@quokka.example",
            password=PASSWORD)
        bea = add_account(self.server, "bea@beta.example", "Beta Reselling", 1)
        self.ann = Program(self.server, let_in(self.people))
        self.bea = Program(self.server, let_in(bea))
        self.ann.ask("PUT", "/lists/studio/domains?name=quokka.csv",
                     (STUDIO / "domains.csv").read_bytes())
        location = self.ann.put("studio", GOOD, "quokka-march.xlsx").location
        assert self.ann.approve(location).status == 202
        self.batch = self.ann.wait(location)["batch"]
        second = self.ann.put("studio", MIXED, "quokka-april.xlsx").location
        assert self.ann.wait(second)["state"] == "checked"
        self.location = second
        # Numbers of batches are counted for each reseller: of this one there is none of Beta's.
        third = self.ann.put("studio", (STUDIO / "suggestions-right.xlsx").read_bytes(),
                             "quokka-may.xlsx").location
        assert self.ann.approve(third).status == 202
        self.batch = self.ann.wait(third)["batch"]
        self.record = self.ann.get("/portals/studio/records/customers")["items"][0]["id"]

    def address(self, path, is_missing=False):
        """The address of something of Quokka's, or of something of the kind that is not there."""
        values = {
            "portal": "studio", "list": "domains", "name": "march.xlsx", "code": "request.token",
            "import": "0" * 32 if is_missing else self.location.split("/")[-1],
            "batch": "99.1" if is_missing else self.batch,
            "sheet": "customers", "record": "0" * 16 if is_missing else self.record,
            "file": "workbook.xlsx" if "/imports" in path else "manifest.json"}
        return re.sub(r"\{(\w+)\}", lambda found: values[found.group(1)], path)

    def ask(self, program, method, path, is_missing=False):
        """Asks for something of Quokka's, with what would do it."""
        more = {}
        if method in ("POST", "PUT"):
            more["sent"] = {
                "corrections": [{"sheet": "Customers", "cell": "B6", "value": "x@evil.example"}],
                "hiddenRows": "take", "digest": "0" * 64, "operations": [1], "state": "refused"}
        if "confirmation" in path:
            more = {"body": b"name\n", "headers": {"Content-Type": "text/csv"}}
        return program.ask(method, self.address(path, is_missing), **more)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    two = Two(tmp_path_factory.mktemp("api"))
    yield two
    two.server.stop()


ROUTES = [
    (method.upper(), path) for method, path in re.findall(
        r'APIRoute\(\s*\.(\w+), "([^"]+)"', "".join(
            file.read_text(encoding="utf-8")
            for file in sorted((ROOT / "Sources/Server/API").glob("*.swift"))))]
GUARDED = [route for route in ROUTES if route[1] not in ("/openapi.json", "/problems/{code}")]
NAMED = [route for route in GUARDED if re.search("{(import|batch|record)}", route[1])]


def named(route):
    return " ".join(route)


# MARK: - The document

def test_the_document_is_one_and_tells_of_every_route(two):
    document = documented(two.server)
    OpenAPIV31SpecValidator(document).validate()
    told = {(method.upper(), path) for path, methods in document["paths"].items()
            for method in methods}
    assert told == set(ROUTES) and len(ROUTES) == len(told) > 20


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_every_address_of_the_document_is_there(two, route):
    method, path = route
    if path.endswith("/events"):
        return
    answer = two.ask(Program(two.server), method, path)
    assert answer.status == (401 if route in GUARDED else 200)


def test_what_is_not_there_is_a_problem(two):
    for path in ("/api/v1", "/api/v1/nothing", "/api/v2/imports", "/api/v1/portals/nothing"):
        answer = two.ann.ask("GET", path, is_whole=False)
        assert answer.status == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


# MARK: - Doors

@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_nobody_is_let_in_without_a_token_that_is_good(two, route):
    before = state(two.server)
    method, path = route
    told = set()
    for token in ("", "rg_" + "0" * 43, two.people.secret):
        answer = two.ask(Program(two.server, token), method, path)
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        told.add(answer.body)
        missing = two.ask(Program(two.server, token), method, path, is_missing=True)
        assert missing.status == 401
    assert len(told) == 1
    # A cookie is none, wherever the request seems to come from.
    cookie = {"Cookie": f"rowgate={two.people.secret}", "Sec-Fetch-Site": "same-origin"}
    for start in ("/api/v1", "//api/v1"):
        found = two.people.ask(method, start + two.address(path), headers=cookie)
        assert found.status == 401 or start.startswith("//") and found.status in (403, 404)
        # Elsewhere it is a page, with the name of whoever is signed in.
        assert start.startswith("//") or not OURS.search(found.plain)
    assert state(two.server) == before


@pytest.mark.parametrize("route", NAMED, ids=named)
def test_another_reseller_sees_and_changes_nothing(two, route):
    before = state(two.server)
    answer = two.ask(two.bea, *route)
    assert answer.status == 404
    missing = two.ask(two.bea, *route, is_missing=True)
    path = two.address(route[1])
    assert answer.text.replace(path, "") == missing.text.replace(two.address(route[1], True), "")
    assert state(two.server) == before


RECORDS = "/portals/studio/records/customers"


@pytest.mark.parametrize("path", [
    "/imports", "/batches", "/lists", "/portals", "/imports?after=IMPORT", "/batches?after=BATCH",
    RECORDS, f"{RECORDS}?query=quokka", f"{RECORDS}?state=waiting&order=name"])
def test_lists_tell_nothing_of_another_reseller(two, path):
    path = path.replace("IMPORT", two.location.split("/")[-1]).replace("BATCH", two.batch)
    found = two.bea.get(path)
    assert not OURS.search(json.dumps(found))
    if "?" in path or path in ("/imports", "/batches", RECORDS):
        assert found == {"items": [], "next": None}
    theirs = json.dumps(two.ann.get(path.split("?")[0]))
    assert bool(OURS.search(theirs)) == (path != "/portals")


def test_tokens_are_shown_once_and_kept_by_their_digest(two):
    page = two.people.get("/tokens").text
    assert "night run" in page and "rg_" not in page
    for name in ("rowgate.db", "rowgate.db-wal"):
        file = two.server.folder / "data" / name
        if file.exists():
            assert two.ann.token.encode() not in file.read_bytes()
    assert two.ann.token not in two.server.log()


def test_a_token_ends_when_it_is_revoked_or_its_account_is(two):
    cal = add_account(two.server, "cal@quokka.example", "Quokka Reselling", 0)
    first, second = Program(two.server, let_in(cal)), Program(two.server, let_in(cal))
    page = cal.get("/tokens").text
    action = re.search(r'action="(/tokens/\d+)"', page).group(1)
    # The newest stands first; nobody else revokes it, not even an administrator.
    assert two.people.post(action).status == 404
    assert cal.post(action).status == 303
    assert second.get("/portals", 401) and first.get("/portals")
    [(account,)] = query(
        two.server, "SELECT id FROM accounts WHERE email = 'cal@quokka.example'")
    for verdict in ("disable", "enable"):
        assert two.people.post(f"/people/{account}", form={"verdict": verdict}).status == 303
        first.get("/portals", 401)


def test_a_token_wants_a_name(two):
    for name in ("", "   ", "x" * 101):
        answer = two.people.post("/tokens", form={"name": name})
        assert answer.status == 400 and "rg_" not in answer.text


# MARK: - Problems

PROBLEMS = [
    ("GET", "/imports?limit=0", {}, 400, "request.parameter"),
    ("GET", "/imports?portal=nothing", {}, 400, "request.parameter"),
    ("GET", "/batches?after=x", {}, 400, "request.parameter"),
    ("GET", "IMPORT/findings?after=7", {}, 400, "request.parameter"),
    ("GET", "IMPORT/findings?after=" + "9" * 30, {}, 400, "request.parameter"),
    ("GET", "IMPORT/files/summary.json", {}, 404, "request.not_found"),
    ("GET", "/imports/nothing", {}, 404, "request.not_found"),
    ("POST", "/imports", {"body": b"x"}, 415, "request.media"),
    ("POST", "IMPORT/corrections", {"body": "{}"}, 415, "request.media"),
    ("POST", "IMPORT/corrections", {"sent": []}, 400, "request.json"),
    ("POST", "IMPORT/corrections", {"sent": {}}, 400, "request.json"),
    ("POST", "IMPORT/corrections", {
        "sent": {"corrections": [{"sheet": "", "cell": "B2", "value": ""}]}}, 400, "request.form"),
    ("POST", "IMPORT/corrections", {"sent": {"note": "x" * 65_537}}, 413, "request.json_size"),
    ("POST", "IMPORT/cancel", {}, 409, "request.under_way"),
    ("POST", "IMPORT/approval", {"sent": {"digest": "0" * 64}}, 409, "request.changed"),
    ("POST", "IMPORT/approval", {
        "sent": {"digest": "0" * 64}, "headers": {"Idempotency-Key": "a b"}}, 400, "request.key"),
    ("POST", "BATCH/operations", {"sent": {"operations": [], "state": "done"}}, 400,
     "request.no_step"),
    ("POST", "BATCH/operations", {"sent": {"operations": [9999], "state": "done"}}, 400,
     "request.no_step"),
    ("POST", "BATCH/operations", {"sent": {"operations": [1], "state": "unknown"}}, 400,
     "request.json"),
    ("PUT", "/imports/studio/a.xlsx", {
        "body": b"x", "headers": {"Content-Encoding": "gzip"}}, 415, "request.type"),
    ("PUT", "/lists/studio/nothing?name=a.txt", {"body": b"x"}, 404, "request.not_found"),
    ("PUT", "/lists/studio/domains", {"body": b"x"}, 415, "request.media"),
    ("GET", "/portals/studio/records/nothing", {}, 404, "request.not_found"),
    ("GET", "/portals/studio/records/customers/nothing", {}, 404, "request.not_found"),
    ("GET", "/portals/studio/records/customers?state=nothing", {}, 400, "request.parameter"),
    ("GET", "/portals/studio/records/customers?order=nothing", {}, 400, "request.parameter"),
    ("GET", "/portals/studio/records/customers?after=-1", {}, 400, "request.parameter"),
    ("GET", "/portals/studio/records/customers?after=" + "9" * 30, {}, 400, "request.parameter"),
    ("POST", "/portals/studio/records/customers", {"sent": {}}, 400, "request.json"),
    ("POST", "/portals/studio/records/customers", {
        "sent": {"values": [{"column": "nothing", "value": "x"}]}}, 400, "request.json"),
    ("POST", "/portals/studio/records/customers", {"sent": {"action": "nothing"}}, 404,
     "request.not_found"),
    ("POST", "/portals/studio/records/customers/nothing", {"sent": {}}, 404,
     "request.not_found"),
]


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: f"{case[0]} {case[1]} {case[4]}"[:70])
def test_a_problem_says_what_it_is(two, case):
    method, path, more, status, code = case
    path = path.replace("IMPORT", two.location).replace("BATCH", f"/batches/{two.batch}")
    before = state(two.server)
    answer = two.ann.ask(method, path, **more)
    assert answer.status == status, answer.text
    found = json.loads(answer.body)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (found["status"], found["code"]) == (status, code)
    assert found["instance"] == "/api/v1" + path.removeprefix("/api/v1").split("?")[0]
    assert found["title"] and found["detail"] and "{" not in found["detail"]
    meaning = two.ann.get(found["type"])
    assert meaning["title"] == found["title"]
    assert state(two.server) == before
    german = two.ann.ask(
        method, path, **{**more, "headers": {"Accept-Language": "de", **more.get("headers", {})}})
    assert json.loads(german.body)["title"] != found["title"]


def test_a_file_that_is_too_large_is_not_taken(two):
    head = (f"PUT /api/v1/imports/studio/a.xlsx HTTP/1.1\r\nHost: x\r\nContent-Length: {1 << 30}"
            f"\r\nAuthorization: Bearer {two.ann.token}\r\n\r\n")
    answer = raw(two.server, head.encode())
    assert answer.startswith(b"HTTP/1.1 413") and b"request.too_large" in answer


def test_a_file_that_breaks_off_is_not_taken(two):
    before = state(two.server)
    head = (f"PUT /api/v1/imports/studio/a.xlsx HTTP/1.1\r\nHost: x\r\nContent-Length: 5000"
            f"\r\nAuthorization: Bearer {two.ann.token}\r\n\r\n")
    # Its end is read before the connection is closed: nothing comes behind.
    answer = raw(two.server, head.encode() + GOOD[:3000])
    assert b" 202 " not in answer
    assert until(lambda: state(two.server) == before)


# MARK: - The whole way

def test_from_token_to_batch(two):
    bea = two.bea
    template = bea.ask("GET", "/portals/studio/template")
    assert template.body.startswith(b"PK")
    answer = bea.ask("PUT", "/lists/studio/domains", (STUDIO / "domains.csv").read_bytes(),
                     {"Content-Type": "text/csv"})
    assert json.loads(answer.body)["count"] > 10
    assert [one["count"] for one in bea.get("/lists?portal=studio")["items"]] == [
        json.loads(answer.body)["count"]]
    location = bea.put("studio", MIXED).location
    found = bea.wait(location)
    assert found["state"] == "checked" and found["counts"]["rejected"] == 26
    report = json.loads(bea.ask("GET", f"{location}/files/report.json").body)
    findings, after = [], ""
    while after is not None:
        page = bea.get(f"{location}/findings?limit=7&after={after}")
        findings, after = findings + page["items"], page["next"]
    assert findings == report["findings"] and found["counts"] == report["counts"]
    some = bea.get(f"{location}/findings?code=cell.required&limit=500")["items"]
    assert some == [one for one in findings if one["code"] == "cell.required"] != []
    assert bea.ask("GET", f"{location}/files/rejected.xlsx").body.startswith(b"PK")
    # One by hand, and all that have the same suggestion.
    one = next(one for one in findings if one["code"] == "email.duplicate_in_file")
    answer = bea.ask("POST", f"{location}/corrections", sent={
        "corrections": [{"sheet": one["sheet"], "cell": one["cell"], "value": "n@new.example"}],
        "suggestions": [{"code": "cell.required", "column": some[0]["column"]}]})
    assert answer.status == 202
    fixed = bea.wait(location)
    assert fixed["counts"]["rejected"] < 25 and fixed["digest"] != found["digest"]
    late = bea.ask("POST", f"{location}/approval", sent={"digest": found["digest"]})
    assert json.loads(late.body)["code"] == "request.changed"
    count = fixed["effects"]["paidCount"]
    assert count > 0
    wrong = bea.ask("POST", f"{location}/approval",
                    sent={"digest": fixed["digest"], "acceptCharges": count + 1})
    assert json.loads(wrong.body)["code"] == "request.charges"
    assert bea.approve(location).status == 202
    accepted = bea.wait(location)
    assert accepted["state"] == "accepted"
    batch = f"/batches/{accepted['batch']}"
    told = bea.get(batch)
    assert "upload.xlsx" in told["files"]
    assert bea.ask("GET", f"{batch}/files/upload.xlsx").body.startswith(b"PK")
    operations, after = [], ""
    while after is not None:
        page = bea.get(f"{batch}/operations?limit=4&after={after}")
        operations, after = operations + page["items"], page["next"]
    assert [one["number"] for one in operations] == list(range(1, len(operations) + 1))
    settle(bea, batch, operations)


def settle(program, batch, operations):
    first, second = [one["number"] for one in operations if one["row"]][:2]
    for state_, numbers, note in (("done", [first], ""), ("refused", [second], "no such name")):
        answer = program.ask("POST", f"{batch}/operations", sent={
            "operations": numbers, "state": state_, "note": note})
        assert answer.status == 200, answer.text
        found = program.get(f"{batch}/operations?state={state_}")["items"]
        assert set(numbers) <= {one["number"] for one in found}
        if note:
            assert note in [one["note"] for one in found]
    assert "refused.xlsx" in program.get(batch)["files"]
    assert program.ask("GET", f"{batch}/files/refused.xlsx").body.startswith(b"PK")
    confirmed = program.ask("PUT", f"{batch}/confirmation?name=own.xlsx",
                            (STUDIO / "portal-own.xlsx").read_bytes())
    assert confirmed.status in (200, 400)


def test_hidden_rows_want_an_answer(two):
    location = two.ann.put("studio", (STUDIO / "filtered.xlsx").read_bytes()).location
    found = two.ann.wait(location)
    assert found["counts"]["hidden"] > 0
    answer = two.ann.approve(location)
    assert json.loads(answer.body)["code"] == "request.hidden"
    assert two.ann.ask(
        "POST", f"{location}/hidden", sent={"hiddenRows": "leave"}).status == 202
    assert two.ann.wait(location)["hiddenRows"] == "leave"


def test_a_file_nobody_can_read_says_why(two):
    found = two.ann.wait(two.ann.put("studio", b"name,email\n", "a.csv").location)
    assert found["state"] == "failed" and found["failure"]["code"].startswith("type.")


def test_put_is_as_a_form(two):
    put = two.ann.put("studio", MIXED, "same%20one.xlsx")
    form = two.ann.post(MIXED, "same one.xlsx")
    assert form.status == 202
    one, other = two.ann.wait(put.location), two.ann.wait(form.location)
    for name in ("id", "digest", "time"):
        assert one.pop(name) and other.pop(name)
    assert one == other and one["name"] == "same one.xlsx"


def test_pages_of_imports_have_each_once(two):
    found, after = [], ""
    while after is not None:
        page = two.ann.get(f"/imports?portal=studio&limit=2&after={after}")
        found, after = found + [one["id"] for one in page["items"]], page["next"]
    kept = [id for (id,) in query(
        two.server, "SELECT id FROM uploads WHERE reseller = 'Quokka Reselling'"
        " ORDER BY rowid DESC")]
    assert found == kept


# MARK: - Once

def test_the_same_upload_with_the_same_key_is_one(two):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(
            lambda _: two.ann.put("studio", GOOD, headers=key), range(4)))
    assert len({(one.status, one.location, one.body) for one in answers}) == 1
    other = two.ann.put("studio", MIXED, headers=key, status=422)
    assert json.loads(other.body)["code"] == "request.key_reused"
    two.ann.put("studio", GOOD, "april.xlsx", headers=key, status=422)
    # Another's key is another.
    assert two.bea.put("studio", GOOD, headers=key).location != answers[0].location
    folders = {path.name for path in (two.server.folder / "data/uploads").iterdir()}
    assert folders == {id for (id,) in query(two.server, "SELECT id FROM uploads")}
    two.server.kill()
    two.server.start()
    again = two.ann.put("studio", GOOD, headers=key)
    assert (again.location, again.body) == (answers[0].location, answers[0].body)
    change(two.server, "UPDATE requests SET time = time - 90000")
    assert two.ann.put("studio", GOOD, headers=key).location != again.location


def test_the_same_approval_with_the_same_key_is_one(two):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    location = two.bea.put("studio", GOOD).location
    found = two.bea.wait(location)
    assert found["counts"]["accepted"]
    sent = {"digest": found["digest"], "acceptCharges": found["effects"]["paidCount"],
            "withoutList": True, "note": "agreed"}
    ask = lambda: two.bea.ask("POST", f"{location}/approval", sent=sent, headers=key)
    first = ask()
    assert first.status == 202 and json.loads(first.body)["state"] == "accepting"
    assert two.bea.wait(location)["state"] == "accepted"
    again = ask()
    assert (again.status, again.location, again.body) == (202, first.location, first.body)
    sent["note"] = "agreed, too"
    assert ask().status == 422
    key.clear()
    assert json.loads(ask().body)["code"] == "request.not_checked"


# MARK: - Events

def events(program, location):
    """The events of an import, as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", program.server.port, timeout=SECONDS)
    with contextlib.closing(connection):
        connection.request(
            "GET", f"{location}/events", headers={"Authorization": f"Bearer {program.token}"})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
        event = None
        for line in answer:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "event":
                event = value
            elif name == "data":
                yield event, json.loads(value)


def test_events_tell_how_far_it_is_until_the_end(two):
    location = two.ann.put("studio", MIXED, "events.xlsx").location
    found = list(events(two.ann, location))
    assert [name for name, _ in found] == ["progress"] * (len(found) - 1) + ["end"]
    assert found[-1][1] == two.ann.get(location) and found[-1][1]["state"] == "checked"
    schema = {"$ref": "#/components/schemas/Import",
              "components": Program.document["components"]}
    for _, told in found:
        jsonschema.validate(told, schema)
    assert [name for name, _ in events(two.ann, location)] == ["end"]


def test_the_server_ends_while_somebody_listens(tmp_path):
    server = Server(tmp_path / "ends")
    Program.document = strict(documented(server))
    people = Client(server).take_link(
        server.link, "Ann", reseller="One", email="a@one.example", password=PASSWORD)
    program = Program(server, let_in(people))
    location = program.put("studio", GOOD).location
    program.wait(location)
    # Nobody works on it: it is under way for as long as somebody listens.
    change(server, "UPDATE uploads SET state = 1")
    stream = events(program, location)
    assert next(stream)[0] == "progress"
    start = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - start < 10


# MARK: - What the README says

def test_the_examples_of_the_readme_work(two, tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("\n## From a program\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```\n(.*?)```", section, re.S)
    assert len(blocks) == 2
    # One after another in the same shell, as somebody would type them.
    script = "\n".join(blocks).replace("http://127.0.0.1:8080", two.server.address)
    somebody = add_account(two.server, "cy@cyan.example", "Cyan", 0)
    token = let_in(somebody)
    script = script.replace("rg_…", token)
    (tmp_path / "Fixtures").symlink_to(ROOT / "Fixtures")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, text=True,
        timeout=3 * SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    assert '"state":"accepted"' in done.stdout, done.stdout
    # The last line is the import of the row about one customer.
    program = Program(two.server, token)
    made = program.wait(f"/imports/{done.stdout.splitlines()[-1]}")
    assert made["counts"]["accepted"] == 1 and made["effects"]["updated"] == 1, made
