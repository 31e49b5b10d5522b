"""H: a server that is killed or told to end while people hand in and approve. Numbers are those of
../hostile.md.

`ROWGATE_KILL_SECONDS=1800` before the command goes on for the half hour of the list.
"""

import contextlib
import http.client
import os
import pathlib
import random
import re
import socket
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from books import HEADER, Book, row
from client import add_account, below, multipart, part, query, statuses, until
from conftest import SECONDS, Server
from ledgers import company
from test_safety import ends, held, upload_head

KILL_SECONDS = float(os.environ.get("ROWGATE_KILL_SECONDS", 8))
SEED = 121
SENDERS_COUNT, ROWS_COUNT = 3, 4
JOBS_COUNT, BODIES_COUNT = 20, 50
END_SECONDS = 30
WAITING, CHECKING, JUDGED, FAILED, ACCEPTING, ACCEPTED = range(6)
# What a request meets when its server is gone.
GONE = (OSError, http.client.HTTPException)


def workbook(name):
    """Customers that nobody else has."""
    rows = [HEADER] + [company(f"{name}x{at}") for at in range(ROWS_COUNT)]
    return Book(rows=[row(at, each) for at, each in enumerate(rows, 1)]).bytes()


class Storm:
    """People who hand in and approve, and somebody who kills the server under their hands. What
    they were told is kept."""

    def __init__(self, server):
        self.server = server
        self.people = [add_account(server, f"ann@r{at}.example", f"R{at}", 1)
                       for at in range(SENDERS_COUNT)]
        # Uploads by their name: the bytes that were sent; and paths of those that were accepted.
        self.sent, self.told, self.approved = {}, {}, set()
        # Answers that nobody expects.
        self.odd = []
        self.is_over = threading.Event()
        self.killed_count = 0

    def run(self):
        chance, end = random.Random(SEED), time.monotonic() + KILL_SECONDS
        with ThreadPoolExecutor(SENDERS_COUNT) as pool:
            senders = [pool.submit(self.send, at) for at in range(SENDERS_COUNT)]
            try:
                while time.monotonic() < end:
                    time.sleep(chance.uniform(0.2, min(3, KILL_SECONDS / 8)))
                    self.server.kill()
                    self.killed_count += 1
                    self.server.start()
                    # Nobody stops sending before the end.
                    assert not any(sender.done() for sender in senders)
            finally:
                self.is_over.set()
        for sender in senders:
            sender.result()

    def send(self, at):
        count, waiting = 0, []
        while not self.is_over.is_set():
            count += 1
            name = f"r{at}n{count}"
            self.sent[name] = workbook(name)
            with contextlib.suppress(*GONE):
                answer = self.people[at].send(
                    "/portals/studio/uploads", part("workbook", self.sent[name], f"{name}.xlsx"))
                if answer.status == 303:
                    self.told[name] = answer.location
                    waiting.append(answer.location)
                elif answer.status != 429:
                    self.odd.append(answer.text)
            # Every other one is approved, as soon as it is judged.
            for path in waiting[::2]:
                with contextlib.suppress(*GONE):
                    if self.approve(self.people[at], path):
                        waiting.remove(path)
            time.sleep(0.05)

    def approve(self, client, path):
        """Whether the server said that it is on its way."""
        digest = re.search(r'name="digest" value="(\w+)"', client.get(path).text)
        if not digest:
            return False
        form = {"digest": digest.group(1), "charges": "0", "withoutList": "yes", "note": ""}
        answer = client.post(f"{path}/approve", form=form)
        if answer.status != 303:
            self.odd.append(answer.text)
            return True
        self.approved.add(path.split("/")[-1])
        return True


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "site", "--workers", "2")
    yield server
    server.kill()


def is_settled(server):
    return not query(server, "SELECT 1 FROM uploads WHERE state IN (?, ?, ?)",
                     WAITING, CHECKING, ACCEPTING)


def test_121_whenever_the_server_is_killed_nothing_is_lost_or_done_twice(server):
    storm = Storm(server)
    storm.run()
    assert until(lambda: is_settled(server), 5 * SECONDS + KILL_SECONDS)
    assert server.stop() == 0
    uploads = {id: (name.removesuffix(".xlsx"), state) for id, name, state in query(
        server, "SELECT id, workbook, state FROM uploads")}
    # There is enough to tell anything by.
    assert storm.killed_count >= 3 and storm.odd == []
    assert len(storm.told) >= 6 and len(storm.approved) >= 2
    # What somebody was told is there; what is there somebody has sent, once.
    lost = {name for name, path in storm.told.items() if path.split("/")[-1] not in uploads}
    assert lost == set()
    names = [name for name, _ in uploads.values()]
    assert len(names) == len(set(names)) and set(names) <= storm.sent.keys()
    for id, (name, state) in uploads.items():
        kept = server.folder / "data/uploads" / id
        assert (kept / "workbook.xlsx").read_bytes() == storm.sent[name]
        said = kept / "said.txt"
        assert state in (JUDGED, ACCEPTED), (state, said.exists() and said.read_text())
    # Where more is known by now than when it was approved, somebody is asked anew.
    asked_anew = {id for (id,) in query(server, "SELECT id FROM uploads WHERE changed = 1")}
    assert {id for id in storm.approved if uploads[id][1] != ACCEPTED} <= asked_anew
    # Each is accepted as a whole, once, and its files are there.
    accepted = sorted(id for id, (_, state) in uploads.items() if state == ACCEPTED)
    assert accepted
    attempts = query(server, "SELECT folder, (SELECT count(*) FROM records"
                     " WHERE records.attempt = attempts.id AND state = 0) FROM attempts")
    assert sorted(pathlib.PurePath(folder).name for folder, _ in attempts) == accepted
    assert {count for _, count in attempts} == {ROWS_COUNT}
    for id in accepted:
        assert (server.folder / "data/outcomes" / id / "manifest.json").exists()
    assert query(server, "SELECT * FROM outcomes") == []
    assert query(server, "PRAGMA integrity_check") == [("ok",)]
    assert query(server, "PRAGMA foreign_key_check") == []


def test_138_a_server_that_is_told_to_end_amid_work_goes_on_with_all_of_it(server):
    client = add_account(server, "ann@acme.example", "Acme", 1)
    body = multipart(part("workbook", workbook("half"), "half.xlsx"))
    head = upload_head(server, client, f"Content-Length: {len(body)}")
    folder = server.folder / "data/uploads"
    with contextlib.ExitStack() as stack:
        _, paths = stack.enter_context(held(server, client, 2))
        paths += [client.upload("studio", workbook(f"job{at}"))
                  for at in range(JOBS_COUNT - len(paths))]
        half = [stack.enter_context(socket.create_connection(
            ("127.0.0.1", server.port), timeout=SECONDS)) for _ in range(BODIES_COUNT)]
        for one in half:
            one.sendall(head + body[:len(body) // 2])
        assert until(lambda: len(list(folder.iterdir())) == len(paths) + BODIES_COUNT)
        server.process.terminate()
        # One half comes to its end while the server does; the other never.
        for one in half[::2]:
            with contextlib.suppress(OSError):
                one.sendall(body[len(body) // 2:])
        status = end(server.process)
        answers = [rest(one) for one in half]
    assert status == 0
    told = {re.search(rb"(?i)location: /uploads/(\w+)", answer).group(1).decode()
            for answer in answers if 303 in statuses(answer)}
    jobs = {path.split("/")[-1] for path in paths}
    assert {id for (id,) in query(server, "SELECT id FROM uploads")} == jobs | told
    assert set(ends(server, paths)) & {WAITING, CHECKING}
    server.start()
    for path in [*paths, *(f"/uploads/{id}" for id in told)]:
        client.wait(path)
    assert {id: said(folder / id) for id in jobs | told if ends(server, [id]) != [JUDGED]} == {}
    # Of those that were cut off nothing is left.
    assert {path.name for path in below(folder) if path.parent == folder} == jobs | told


def said(folder):
    """Why a check came to nothing, where that is known."""
    words = folder / "said.txt"
    return words.read_text() if words.exists() else None


def end(process):
    """How it ended."""
    try:
        return process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        return f"still there after {END_SECONDS} s"


def rest(connection):
    """All that comes until the end of a connection."""
    answer = b""
    with contextlib.suppress(OSError):
        while piece := connection.recv(65536):
            answer += piece
    return answer
