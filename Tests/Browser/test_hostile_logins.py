"""G: those who try passwords. Numbers are those of ../hostile.md.

`ROWGATE_HOSTILE=full` before the command takes the numbers of the list, which are ten minutes of
working out passwords.
"""

import math
import os
import pathlib
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, begin_session, change, processor_seconds, query
from conftest import PASSWORD, Server

IS_FULL = os.environ.get("ROWGATE_HOSTILE") == "full"
TRIES_COUNT, TIMED_COUNT, AT_ONCE = (5_000, 2_000, 100) if IS_FULL else (400, 5, 16)
# Passwords that are worked out at a time take 32 MiB each, and there are two.
PASSWORDS_MEMORY, MORE_MEMORY = 64, 32
# More than there are threads for what waits, and pages that somebody else looks at meanwhile.
PILE_COUNT, LOOKS_COUNT = 80, 3
# Tries that cost no wait, and the one that begins it.
FREE_COUNT = 5
# Beyond it two means differ by more than chance has them, once in a thousand times.
WELCH_MAX = 3.29


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("logins"))
    try:
        Client(server).take_link(
            server.link, "Ann", reseller="Acme", email="ann@acme.example", password=PASSWORD)
        yield server
    finally:
        server.kill()


def sign_in(server, email, machine):
    """A wrong password from one of 60,000 machines, which others need not wait for."""
    return Client(server, source=f"127.{machine // 250 + 2}.7.{machine % 250 + 1}").post(
        "/sign-in", form={"email": email, "password": "wrong"})


@pytest.mark.parametrize("email, machine", [
    (lambda at: f"a{at}@acme.example", lambda at: 0),
    (lambda at: "bob@acme.example", lambda at: at + 1)], ids=["one machine", "one account"])
def test_114_wrong_passwords_are_throttled(server, email, machine):
    start = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(
            lambda at: sign_in(server, email(at), machine(at)), range(TRIES_COUNT)))
    seconds = time.monotonic() - start
    found = [answer.status for answer in answers]
    assert set(found) == {401, 429}
    # Each wait is twice the one before it, of two seconds.
    assert found.count(401) <= FREE_COUNT + math.log2(seconds / 2 + 2) + 1, seconds
    assert all(int(answer.headers["Retry-After"]) > 0
               for answer in answers if answer.status == 429)


def test_114_who_is_known_takes_as_long_as_who_is_not(server):
    """In the processor's time, whatever others do on the machine; by the clock for the numbers of
    the list."""
    [(password,)] = query(server, "SELECT password FROM accounts WHERE email LIKE 'ann@%'")
    for at in range(TIMED_COUNT):
        change(server, "INSERT INTO accounts (reseller, email, name, role, password)"
               " VALUES ('Acme', ?, 'Known', 0, ?)", f"known{at}@acme.example", password)
    costs, times = {"known": [], "nobody": []}, {"known": [], "nobody": []}
    for at in range(TIMED_COUNT):
        for who in costs:
            before, start = processor_seconds(server.process.pid), time.monotonic()
            answer = sign_in(server, f"{who}{at}@acme.example", 6_000 + 2 * at + (who == "known"))
            times[who].append(time.monotonic() - start)
            costs[who].append(processor_seconds(server.process.pid) - before)
            assert answer.status == 401
    assert 0.7 < sum(costs["known"]) / sum(costs["nobody"]) < 1.4, costs
    if IS_FULL:
        means = [statistics.mean(each) for each in times.values()]
        errors = [statistics.variance(each) / len(each) for each in times.values()]
        assert abs(means[0] - means[1]) / math.sqrt(sum(errors)) < WELCH_MAX, means


def test_114_passwords_tried_at_once_take_bounded_memory(server):
    process = pathlib.Path(f"/proc/{server.process.pid}")
    # From now on the most that it has is of what comes (proc(5)).
    (process / "clear_refs").write_text("5")
    before = memory(process, "VmRSS")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(
            lambda at: sign_in(server, f"many{at}@acme.example", 12_000 + at), range(AT_ONCE)))
    assert [answer.status for answer in answers] == [401] * AT_ONCE
    assert memory(process, "VmHWM") - before <= PASSWORDS_MEMORY + MORE_MEMORY


def test_114_pages_are_made_while_passwords_are_worked_out(server):
    ann = begin_session(server, "ann@acme.example")
    answered = []
    with ThreadPoolExecutor(PILE_COUNT) as pool:
        for at in range(PILE_COUNT):
            pool.submit(sign_in, server, f"more{at}@acme.example", 18_000 + at).add_done_callback(
                answered.append)
        looks = [ann.get("/").status for _ in range(LOOKS_COUNT)]
        answered_count = len(answered)
    assert looks == [200] * LOOKS_COUNT
    assert answered_count < PILE_COUNT // 4, "pages waited for passwords"
    assert [answer.result().status for answer in answered] == [401] * PILE_COUNT


def memory(process, name):
    """A line of /proc/PID/status in MiB."""
    text = (process / "status").read_text()
    return int(re.search(rf"{name}:\s+(\d+) kB", text).group(1)) / 1024
