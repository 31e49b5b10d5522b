"""What was handed to a site goes when its days are over, or when somebody is to be forgotten."""

import pathlib
import subprocess
import time

import pytest

from client import add_account, change, query
from conftest import BINARY, ROOT, SECONDS, Server

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
OTHERS = (ROOT / "Templates/nexudus/nexudus.xlsx").read_bytes()


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "site", "--keep-days", "30")
    yield server
    server.kill()


def uploads(server):
    """What there is of uploads: in the ledger, and as folders of what came in and what came of it."""
    data = server.folder / "data"
    folders = [{path.name for path in (data / name).glob("*")} for name in ("uploads", "outcomes")]
    return {name for (name,) in query(server, "SELECT id FROM uploads")}, *folders


def named(path):
    return pathlib.PurePath(path).name


def test_what_is_older_than_its_days_goes_with_its_files(server):
    client = add_account(server, "ann@acme.example", "Acme", 1)
    old, accepted, new = [client.upload("studio", GOOD, f"{at}.xlsx") for at in range(3)]
    client.wait(old)
    batch = client.approve(accepted)
    client.wait(new)
    assert {named(old), named(accepted)} <= uploads(server)[0]
    server.stop()
    for path in (old, accepted):
        change(server, "UPDATE uploads SET time = '2026-01-02T10:00:00Z' WHERE id = ?", named(path))
    server.start()
    deadline = time.monotonic() + SECONDS
    while uploads(server) != ({named(new)}, {named(new)}, set()):
        assert time.monotonic() < deadline, uploads(server)
        time.sleep(0.05)
    assert client.get(old).status == 404
    assert client.get(new).status == 200
    # What it brought is still known, and its steps can be told of.
    assert client.get(batch).status == 200
    assert query(server, "SELECT count(*) FROM records")[0][0] > 0


def forget(server, value, *arguments):
    return subprocess.run(
        [BINARY, "forget", value, "--ledger", server.folder / "data/rowgate.db", "--reseller",
         "Acme", *arguments], capture_output=True, text=True, check=True)


def test_an_address_is_forgotten_in_what_was_handed_in(server):
    client = add_account(server, "ann@acme.example", "Acme", 1)
    other = add_account(server, "bob@beta.example", "Beta", 1)
    approved = client.upload("studio", GOOD, "a.xlsx")
    judged = client.upload("nexudus", OTHERS, "b.xlsx")
    theirs = other.upload("studio", GOOD, "c.xlsx")
    client.approve(approved)
    client.wait(judged)
    other.wait(theirs)
    [(line,)] = query(server, "SELECT field_values FROM records LIMIT 1")
    line = line.decode() if isinstance(line, bytes) else line
    address = next(part for part in line.replace("=", "\t").split("\t") if "@" in part)
    said = forget(server, address.upper())
    assert "a.xlsx" in said.stdout and "b.xlsx" not in said.stdout
    assert named(approved) in uploads(server)[0]
    said = forget(server, address, "--confirm")
    assert uploads(server) == (
        {named(judged), named(theirs)}, {named(judged), named(theirs)}, set())
    # Nothing is left for people to remove themselves.
    assert "outcomes" not in said.stdout
    assert query(server, "SELECT count(*) FROM records WHERE instr(field_values, ?) > 0",
                 address) == [(0,)]
    assert forget(server, address).stdout == ""
