"""H: a machine that has no more files or processes for a server. Numbers are those of
../hostile.md."""

import contextlib
import http.client
import os
import re
import resource

import pytest

from client import BOUNDARY, Answer, add_account, multipart, part, query, until
from conftest import ROOT, SECONDS, Server
from faults import NO_STRACE
from test_hostile_disks import at_each, folders_of, hand_in, is_checked, uploads
from universal import has_strace

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
CHECKING, JUDGED = 1, 2
SOURCE = (ROOT / "Sources/Server/SiteLimits.swift").read_text(encoding="utf-8")
FILES, CONNECTIONS = (
    int(re.search(rf"static let {name}(?:: UInt)? = ([\d_]+)$", SOURCE, re.MULTILINE).group(1))
    for name in ("openFileCountMax", "connectionCountMax"))
# Files that may be opened beside those that are.
SPARE = range(8)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("short"), "--workers", "1")
    try:
        yield server, add_account(server, "ann@acme.example", "Acme", 1)
    finally:
        server.kill()


def descriptors(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


@contextlib.contextmanager
def few_files(server, spare):
    """Fewer files than the server may need at once."""
    process = server.process.pid
    before = resource.prlimit(process, resource.RLIMIT_NOFILE)
    # The lowest free number counts, which is about how many there are.
    highest = max(map(int, os.listdir(f"/proc/{process}/fd")))
    resource.prlimit(process, resource.RLIMIT_NOFILE, (highest + 1 + spare, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize("spare", SPARE)
def test_129_with_few_files_an_upload_is_kept_or_refused(site, spare):
    server, client = site
    assert until(lambda: set(uploads(server).values()) <= {JUDGED})
    before, folders = uploads(server), folders_of(server)
    body = multipart(part("workbook", GOOD, "a.xlsx"))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
    with contextlib.closing(connection):
        connection.connect()
        connection.request("GET", "/health")
        connection.getresponse().read()
        with few_files(server, spare):
            connection.request("POST", "/portals/studio/uploads", body, {
                "Cookie": f"rowgate={client.secret}", "Sec-Fetch-Site": "same-origin",
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
            found = connection.getresponse()
            answer = Answer(found.status, found.headers, found.read())
            # Its check is under way, or cannot be.
            told = answer.location.split("/")[-1]
            assert until(lambda: not told or uploads(server)[told] in (CHECKING, JUDGED))
    assert answer.status in (303, 503), answer.text
    assert answer.status == 303 or "Retry-After" in answer.headers
    assert until(lambda: set(uploads(server).values()) <= {JUDGED}), uploads(server)
    assert uploads(server).keys() - before.keys() == ({told} if told else set())
    assert folders_of(server) - folders == ({told} if told else set())
    assert is_checked(client, hand_in(client).location)


def test_129_connections_beyond_the_files_wait_and_are_served(site):
    server, client = site
    with contextlib.ExitStack() as held:
        with few_files(server, 2):
            waiting = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
                       for _ in range(40)]
            for one in waiting:
                held.enter_context(contextlib.closing(one))
                one.request("GET", "/health")
            assert until(lambda: descriptors(server) >= 2)
        assert [one.getresponse().status for one in waiting] == [200] * len(waiting)
    assert is_checked(client, hand_in(client).location)


class Modest(Server):
    """A server as a shell starts it that is sparing of files."""

    def command(self):
        return ["sh", "-c", 'ulimit -Sn 256; exec "$@"', "sh", *super().command()]


def test_129_a_server_takes_the_files_that_it_needs(tmp_path):
    server = Modest(tmp_path / "modest")
    try:
        soft, hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
        assert soft == min(hard, FILES) > CONNECTIONS
    finally:
        server.kill()


@pytest.mark.skipif(not has_strace(), reason=NO_STRACE)
def test_129_without_processes_an_upload_waits_and_a_page_says_so(site):
    server, client = site
    with at_each(server, "clone,clone3,vfork", "error=EAGAIN"):
        path = hand_in(client).location
        assert until(lambda: uploads(server)[path.split("/")[-1]] == CHECKING)
        page = client.get("/portals/studio/template.xlsx")
        assert page.status == 503 and "Too much at once" in page.text
        assert page.headers["Retry-After"]
        assert uploads(server)[path.split("/")[-1]] == CHECKING
    assert is_checked(client, path)
    assert query(server, "SELECT count(*) FROM uploads WHERE state <> ?", JUDGED) == [(0,)]
