"""H: a disk that fills or fails under a server, or ends with it at a call. Numbers are those of
../hostile.md."""

import contextlib
import http.client
import os
import pathlib
import re
import signal
import subprocess

import pytest

from client import Client, add_account, part, query, until
from conftest import PASSWORD, ROOT, SECONDS, Server
from faults import NO_SPACES, NO_STRACE, has_spaces
from universal import has_strace

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
SOURCE = (ROOT / "Sources/Server/SiteLimits.swift").read_text(encoding="utf-8")
FREE_MIB = int(re.search(r"freeSizeMin = (\d+) << 20$", SOURCE, re.MULTILINE).group(1))
# What stays free, what fills the rest of the disk, and room for some uploads.
FILLER_MIB, ROOM_MIB = 36, 6
UPLOADS_MAX = 1_000
JUDGED = 2
# Each makes, fills or keeps something while an upload comes; some of it the memory. What was being
# committed may yet be found in its log, so that the file stays until leftovers are looked for.
CALLS = {"mkdir": 0, "fsync": 0, "pwrite64": 1, "fdatasync": 1}


def hand_in(client):
    return client.send("/portals/studio/uploads", part("workbook", GOOD, "a.xlsx"))


def is_checked(client, path):
    return "Approve" in client.wait(path).text


class SmallDisk(Server):
    """A server whose folder is a small disk, which it alone sees as such."""

    def command(self):
        data = self.folder / "data"
        data.mkdir(parents=True)
        return ["unshare", "-rm", "sh", "-c",
                'mount -t tmpfs -o size="$1"m none "$2" || exit 99; shift 2; exec "$@"', "sh",
                str(FREE_MIB + FILLER_MIB + ROOM_MIB), data, *super().command()]

    @property
    def data(self):
        return pathlib.Path(f"/proc/{self.process.pid}/root{self.folder}/data")

    def fill(self, name, size):
        with open(self.data / name, "wb", buffering=0) as file, contextlib.suppress(OSError):
            for _ in range(size):
                file.write(bytes(1 << 20))

    def uploads(self):
        return set(os.listdir(self.data / "uploads"))


@pytest.fixture
def small(tmp_path):
    if not has_spaces():
        pytest.skip(NO_SPACES.format("a server's own full disk"))
    server = SmallDisk(tmp_path / "small")
    try:
        yield server
    finally:
        server.kill()


def test_127_a_server_on_a_full_disk_takes_nothing_and_loses_nothing(small):
    client = Client(small)
    client.take_link(
        small.link, "Ann", reseller="Acme", email="ann@acme.example", password=PASSWORD)
    small.fill("filler", FILLER_MIB)
    told = []
    for _ in range(UPLOADS_MAX):
        answer = hand_in(client)
        if answer.status != 303:
            break
        told.append(answer.location)
    assert answer.status == 507 and "disk" in answer.text, answer.text
    assert told and all(is_checked(client, path) for path in told)
    # What the server keeps free for its work is gone, too.
    small.fill("more", FREE_MIB + ROOM_MIB)
    assert hand_in(client).status == 507
    assert client.get(told[0]).status == 200
    (small.data / "more").unlink()
    (small.data / "filler").unlink()
    told.append(hand_in(client).location)
    assert is_checked(client, told[-1])
    assert small.uploads() == {path.split("/")[-1] for path in told}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("disk"))
    try:
        yield server, add_account(server, "ann@acme.example", "Acme", 1)
    finally:
        server.kill()


def uploads(server):
    return dict(query(server, "SELECT id, state FROM uploads"))


def folders_of(server):
    folder = server.folder / "data/uploads"
    return set(os.listdir(folder)) if folder.exists() else set()


@contextlib.contextmanager
def at_each(server, call, fault):
    """What the kernel does when the server or what it starts makes a call."""
    tasks = pathlib.Path(f"/proc/{server.process.pid}/task")
    strace = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e",
         f"inject={call}:{fault}", "-p", str(server.process.pid)])
    try:
        assert until(lambda: strace.poll() is not None or all(
            f"TracerPid:\t{strace.pid}\n" in (task / "status").read_text()
            for task in tasks.iterdir()))
        if strace.poll() is not None:
            pytest.skip(NO_STRACE)
        yield
    finally:
        # Whoever is killed amid a call may keep one that is asked to end from ending.
        strace.send_signal(signal.SIGINT if fault.startswith("error") else signal.SIGKILL)
        strace.wait(SECONDS)


@pytest.mark.skipif(not has_strace(), reason=NO_STRACE)
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("call", CALLS)
def test_128_of_what_the_disk_did_not_take_nothing_is_told(site, call, error):
    server, client = site
    before, folders = uploads(server), folders_of(server)
    with at_each(server, call, f"error={error}"):
        answer = hand_in(client)
        assert answer.status in (500, 503, 507), answer.text
    assert uploads(server) == before
    assert len(folders_of(server) - folders) <= CALLS[call]
    folders = folders_of(server)
    path = hand_in(client).location
    assert is_checked(client, path)
    [own] = folders_of(server) - folders
    assert path.endswith(own) and uploads(server) == before | {own: JUDGED}
    assert query(server, "PRAGMA integrity_check") == [("ok",)]


# Of a thread, each of which counts by itself: the first ones are those of an upload.
KILLS = [(call, number) for call in CALLS for number in (1, 2, 3)]


@pytest.mark.skipif(not has_strace(), reason=NO_STRACE)
@pytest.mark.parametrize("call, number", KILLS)
def test_117_killed_at_a_call_a_server_has_what_it_told(tmp_path, call, number):
    server = Server(tmp_path / "site")
    try:
        client, told = add_account(server, "ann@acme.example", "Acme", 1), None
        with at_each(server, call, f"signal=SIGKILL:when={number}"):
            with contextlib.suppress(OSError, http.client.HTTPException):
                told = hand_in(client).location
            # What is told is checked, which makes calls as well.
            if told:
                with contextlib.suppress(OSError, http.client.HTTPException):
                    client.wait(told)
        # A later call may be a worker's, or nobody's.
        assert number > 1 or server.process.wait(SECONDS) == -signal.SIGKILL
        server.kill()
        server.start()
        assert until(lambda: set(uploads(server).values()) <= {JUDGED})
        assert len(uploads(server)) <= 1
        assert told is None or told.split("/")[-1] in uploads(server)
        assert set(uploads(server)) <= folders_of(server)
        assert query(server, "PRAGMA integrity_check") == [("ok",)]
        path = hand_in(client).location
        assert is_checked(client, path)
    finally:
        server.kill()
