"""What one company or one machine may do in a time, whatever it sends: workbooks an hour, passwords
that are kept as they were kept before, connections."""

import contextlib
import hashlib
import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, add_account, change, part, query, until
from conftest import PASSWORD, ROOT, SECONDS, Server
from test_api import Program, documented, let_in, strict

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
# What the server is started with, and what it takes where nothing is said: SiteLimits.
HOURLY, CONNECTIONS, DEFAULT = 6, 5, 60


class Plain(Server):
    """One as an operator starts it."""

    more = ()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Plain(tmp_path_factory.mktemp("pace"), "--uploads-per-hour", f"{HOURLY}")
    Program.document = strict(documented(server))
    yield server
    server.stop()


def hand_in(client, data=GOOD):
    return client.send("/portals/studio/uploads", part("workbook", data, "march.xlsx"))


def test_as_many_workbooks_come_within_an_hour_as_may(server):
    """Also when all come at once, on pages and of programs; another company has its own."""
    ann = add_account(server, "ann@one.example", "One", 1)
    bob = add_account(server, "bob@two.example", "Two", 1)
    program = Program(server, let_in(ann))
    # What comes to nothing does not count.
    for _ in range(HOURLY):
        assert ann.send("/portals/studio/uploads", part("other", b"")).status == 400
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: hand_in(ann), range(2 * HOURLY)))
    assert sorted(answer.status for answer in answers) == [303] * HOURLY + [429] * HOURLY
    refused = next(answer for answer in answers if answer.status == 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 3_600
    assert f"{HOURLY} is the most workbooks that your company may upload" in refused.text
    assert "Try again in 60 minutes." in refused.text or "Try again in 59 minutes" in refused.text
    told = program.put("studio", GOOD, status=429)
    assert 0 < int(told.headers["Retry-After"]) <= 3_600
    assert json.loads(told.body)["code"] == "request.hourly"
    assert "innerhalb einer Stunde" in ann.send(
        "/portals/studio/uploads", part("workbook", GOOD, "a.xlsx"),
        headers={"Accept-Language": "de"}).text
    # Forms of one customer are no workbooks that somebody hands in.
    form = {"field.firstName": "Ann"}
    assert ann.post("/portals/studio/records/customers/new", form=form).status == 303
    assert hand_in(bob).status == 303
    [(count,)] = query(server, "SELECT count(*) FROM uploads WHERE reseller = 'One'")
    assert count == HOURLY + 1


def test_the_same_request_once_more_counts_once(server):
    eve = add_account(server, "eve@three.example", "Three", 1)
    program = Program(server, let_in(eve))
    head = {"Idempotency-Key": "march"}
    for _ in range(3):
        assert program.put("studio", GOOD, headers=head).status == 202
    assert [hand_in(eve).status for _ in range(HOURLY)] == [303] * (HOURLY - 1) + [429]


def test_an_hour_later_others_come(server):
    """What is said holds at once: a lower number for who handed in more before."""
    sam = add_account(server, "sam@office.example", "Office", 2)
    ian = add_account(server, "ian@four.example", "Four", 1)
    assert [hand_in(ian).status for _ in range(2)] == [303, 303]
    blank = {"size": "", "rows": "", "waiting": "", "days": ""}
    page = sam.get("/limits")
    assert "Most uploads an hour" in page.text and f"Blank: {HOURLY}." in page.text
    answer = sam.post("/limits", form=blank | {"reseller": "Four", "hourly": f"{HOURLY + 1}"})
    assert answer.status == 422
    assert sam.post("/limits", form=blank | {"reseller": "Four", "hourly": "2"}).status == 303
    assert hand_in(ian).status == 429
    assert sam.post("/limits", form=blank | {"reseller": "Four", "hourly": "3"}).status == 303
    assert [hand_in(ian).status for _ in range(2)] == [303, 429]


# MARK: - Passwords and connections

# "a gate of many rows" at N = 2^14, r = 8, p = 1, by hashlib.scrypt.
def kept_before():
    salt = b"salt of sixteen."
    key = hashlib.scrypt(PASSWORD.encode(), salt=salt, n=1 << 14, r=8, p=1, dklen=32)
    return f"scrypt$14$8$1${salt.hex()}${key.hex()}"


def test_a_password_that_was_kept_otherwise_lets_in_and_is_kept_anew(server):
    add_account(server, "old@five.example", "Five", 0)
    change(server, "UPDATE accounts SET password = ? WHERE email = 'old@five.example'",
           kept_before())

    def sign_in(password):
        return Client(server, source="127.0.0.31").post(
            "/sign-in", form={"email": "old@five.example", "password": password}).status

    def kept():
        [(text,)] = query(
            server, "SELECT password FROM accounts WHERE email = 'old@five.example'")
        return text

    sessions = query(server, "SELECT count(*) FROM sessions")
    assert (sign_in("wrong"), kept()) == (401, kept_before())
    assert (sign_in(PASSWORD), kept().split("$")[:4]) == (303, ["scrypt", "15", "8", "3"])
    assert (sign_in(PASSWORD), sign_in("wrong")) == (303, 401)
    # Nobody is signed out by it.
    assert query(server, "SELECT count(*) FROM sessions") == [(sessions[0][0] + 2,)]


def connect(server, source):
    """A connection that answered once; nil for one that was closed."""
    connection = socket.create_connection(
        ("127.0.0.1", server.port), timeout=SECONDS, source_address=(source, 0))
    try:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        if connection.recv(65_536).startswith(b"HTTP/1.1 200"):
            return connection
    except ConnectionError:
        pass
    connection.close()
    return None


def test_one_address_has_as_many_connections_as_may_be(tmp_path):
    server = Plain(tmp_path / "site", "--connections-per-address", f"{CONNECTIONS}")
    with contextlib.ExitStack() as held:
        mine = [held.enter_context(connect(server, "127.0.0.21")) for _ in range(CONNECTIONS)]
        assert [connect(server, "127.0.0.21") for _ in range(3)] == [None] * 3
        held.enter_context(connect(server, "127.0.0.22"))
        # Who is in stays in, and one that ends makes room for another.
        mine[0].sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        assert mine[0].recv(65_536).startswith(b"HTTP/1.1 200")
        mine[1].close()
        assert until(lambda: (more := connect(server, "127.0.0.21"))
                     and held.enter_context(more) is more)
    assert server.stop() == 0


def test_a_proxy_on_the_same_machine_has_any_number(tmp_path):
    server = Plain(tmp_path / "site")
    with contextlib.ExitStack() as held:
        for _ in range(100):
            held.enter_context(connect(server, "127.0.0.1"))
    assert server.stop() == 0


def test_behind_a_proxy_nobody_waits_for_who_mistypes(tmp_path):
    """All connections come from one machine there."""
    server = Plain(tmp_path / "site", "--behind-tls")
    Client(server).take_link(
        server.link, "Ann", reseller="Acme", email="ann@acme.example", password=PASSWORD)

    def sign_in(email, password):
        return Client(server).post(
            "/sign-in", form={"email": email, "password": password}).status

    assert [sign_in(f"a{at}@acme.example", "wrong") for at in range(7)] == [401] * 7
    assert sign_in("ann@acme.example", PASSWORD) == 303
    # But whoever tries one account.
    assert sign_in_until_429(sign_in)
    assert server.stop() == 0


def sign_in_until_429(sign_in):
    return 429 in [sign_in("bea@acme.example", "wrong") for _ in range(8)]
