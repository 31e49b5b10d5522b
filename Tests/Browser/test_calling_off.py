"""An upload that nobody wants any more: waiting or under way, nothing of its check is left."""

import time

import pytest

from client import add_account, processes_of, query
from conftest import ROOT, SECONDS, Server, book_of
from test_api import Program, documented, let_in, strict

STUDIO = ROOT / "Fixtures/studio"
GOOD = (STUDIO / "good.xlsx").read_bytes()
CHECKING, JUDGED, CANCELLED = 1, 2, 6


def until(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """One worker: the next upload starts when it is free."""
    server = Server(tmp_path_factory.mktemp("off"), "--workers", "1")
    Program.document = strict(documented(server))
    client = add_account(server, "ann@quokka.example", "Quokka Reselling", 2)
    yield server, client, Program(server, let_in(client))
    server.stop()


@pytest.fixture(scope="module")
def long_book():
    return book_of(40_000)


def state_of(server, path):
    [(state,)] = query(server, "SELECT state FROM uploads WHERE id = ?", path.split("/")[-1])
    return state


def files(server, path):
    folder = server.folder / "data/uploads" / path.split("/")[-1]
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))


@pytest.mark.parametrize("way", ["page", "program"])
def test_a_check_that_is_called_off_ends_at_once_and_leaves_nothing(site, long_book, way):
    server, client, program = site
    [long, next_one] = [client.upload("studio", data) for data in (long_book, GOOD)]
    until(lambda: state_of(server, long) == CHECKING and processes_of(server))
    [worker] = processes_of(server)
    if way == "page":
        assert client.post(f"{long}/cancel").location == long
    else:
        address = long.replace("/uploads", "/imports")
        answer = program.ask("POST", f"{address}/cancel")
        assert answer.status == 200 and b'"state":"cancelled"' in answer.body
        assert program.ask("POST", f"{address}/cancel").status == 409
    assert state_of(server, long) == CANCELLED
    until(lambda: worker not in processes_of(server))
    client.wait(next_one)
    assert state_of(server, next_one) == JUDGED
    # The next one started after all of the first was gone.
    assert files(server, long) == ["workbook.xlsx"]
    assert state_of(server, long) == CANCELLED
    page = client.get(long).text
    assert "This upload was called off" in page and "could not be checked" not in page
    assert 'class="code"' not in page


def test_a_page_offers_to_call_off_what_is_under_way_and_nothing_else(site, long_book):
    server, client, _ = site
    path = client.upload("studio", long_book)
    until(lambda: state_of(server, path) == CHECKING)
    button = f'action="{path}/cancel"'
    assert button in client.get(path).text
    client.post(f"{path}/cancel")
    assert button not in client.get(path).text


def test_what_is_checked_when_it_is_called_off_stays(site):
    """Whoever comes first: either all of the check is there, or nothing of it."""
    server, client, program = site
    for at in range(30):
        path = client.upload("studio", GOOD)
        # Each time a little later, until the check has long ended.
        time.sleep(at * 0.02)
        answer = program.ask("POST", f"{path.replace('/uploads', '/imports')}/cancel")
        client.wait(path)
        until(lambda: not processes_of(server))
        if answer.status == 200:
            assert state_of(server, path) == CANCELLED
            until(lambda: files(server, path) == ["workbook.xlsx"])
        else:
            assert answer.status == 409 and state_of(server, path) == JUDGED
            assert {"check/report.json", "summary.json"} <= set(files(server, path))
    path = client.upload("studio", GOOD)
    client.wait(path)
    assert client.post(f"{path}/cancel").status == 303
    assert state_of(server, path) == JUDGED and "check/report.json" in files(server, path)
