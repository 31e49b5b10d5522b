"""Many who upload at the same time: each is answered, and nobody keeps others out."""

import contextlib
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import BOUNDARY, add_account, multipart, part, query, until
from conftest import ROOT, Server

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
# Bodies of one reseller that are received at the same time: SiteLimits.receivingOfResellerMax.
PLACES = 32
COUNT = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("many"))
    yield server, add_account(server, "ann@quokka.example", "Quokka Reselling", 2)
    server.stop()


def begun(server):
    """Uploads of which something was written."""
    folder = server.folder / "data/uploads"
    return len(list(folder.iterdir())) if folder.exists() else 0


def begin(server, client, held):
    """The first bytes of an upload whose other bytes do not come."""
    body = multipart(part("workbook", bytes(2_000_000), "slow.xlsx"))
    head = (f"POST /portals/studio/uploads HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\n"
            f"Cookie: rowgate={client.secret}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n").encode()
    connection = held.enter_context(
        socket.create_connection(("127.0.0.1", server.port), timeout=10))
    connection.sendall(head + body[:1_000])


def test_who_sends_nothing_more_keeps_nobody_out(site):
    """Neither those of the same reseller nor others: who sends loses the place to who waits."""
    server, client = site
    other = add_account(server, "bea@beta.example", "Beta Reselling", 1)
    before = begun(server)
    with contextlib.ExitStack() as held:
        for _ in range(PLACES + 8):
            begin(server, client, held)
        assert until(lambda: begun(server) >= before + PLACES)
        paths = [(one, one.upload("studio", GOOD)) for one in (other, client)]
    for one, path in paths:
        assert "march.xlsx" in one.wait(path).text


def test_of_many_at_once_each_is_answered(site):
    server, client = site
    [(before,)] = query(server, "SELECT count(*) FROM uploads")
    body = multipart(part("workbook", GOOD + bytes(300_000), "many.xlsx"))
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    with ThreadPoolExecutor(COUNT) as senders:
        answers = list(senders.map(
            lambda _: client.post("/portals/studio/uploads", body=body, headers=kind), range(COUNT)))
    accepted = [answer.location for answer in answers if answer.status == 303]
    refused = [answer for answer in answers if answer.status in (429, 503)]
    assert len(accepted) + len(refused) == COUNT and len(accepted) >= PLACES
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    [(after,)] = query(server, "SELECT count(*) FROM uploads")
    assert after - before == len(set(accepted)) == len(accepted)
    for path in accepted:
        client.wait(path)
