"""What was handed to a site goes when its days are over, or when somebody is to be forgotten."""

import pathlib
import subprocess
import time

import pytest

from client import add_account, change, query
from conftest import BINARY, ROOT, SECONDS, Server
from test_settings import save

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


def test_a_reseller_has_uploads_go_sooner_than_the_site(server):
    ann = add_account(server, "ann@acme.example", "Acme", 1)
    bob = add_account(server, "bob@beta.example", "Beta", 1)
    assert save(ann, {"keepDays": "7"}).status == 303
    old, accepted, young = [ann.upload("studio", GOOD, f"{at}.xlsx") for at in range(3)]
    other_portal, other_reseller = ann.upload("nexudus", OTHERS), bob.upload("studio", GOOD)
    ann.approve(accepted)
    bob.approve(other_reseller)
    for client, path in ((ann, old), (ann, young), (ann, other_portal)):
        client.wait(path)
    kept = set((server.folder / "data/rowgate.db.files").glob("*"))
    server.stop()
    day = 24 * 60 * 60
    for path, age in ((old, 10), (accepted, 10), (young, 5), (other_portal, 10),
                      (other_reseller, 10)):
        time_then = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - age * day))
        change(server, "UPDATE uploads SET time = ? WHERE id = ?", time_then, named(path))
        change(server, "UPDATE attempts SET time = ? WHERE folder LIKE ?", time_then,
               f"%{named(path)}")
    server.start()
    rest = {named(path) for path in (young, other_portal, other_reseller)}
    deadline = time.monotonic() + SECONDS
    while uploads(server) != (rest, rest, {named(other_reseller)}):
        assert time.monotonic() < deadline, uploads(server)
        time.sleep(0.05)
    # What the ledger keeps of it goes, too, and only that of this reseller.
    while len(left := set((server.folder / "data/rowgate.db.files").glob("*"))) == len(kept):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    assert len(kept) == 2 and len(left) == 1
    assert ann.get(old).status == 404 and bob.get(other_reseller).status == 200
    assert query(server, "SELECT action, object, actor FROM audit WHERE action = 'load'") == [
        ("load", "settings", "ann@acme.example")]


@pytest.mark.parametrize("typed, words", [
    ("31", "1 to 30"), ("0", "1 to 30"), ("soon", "Type a whole number"), ("-1", "Type a whole")])
def test_nobody_keeps_uploads_for_longer_than_the_site(server, typed, words):
    ann = add_account(server, "ann@acme.example", "Acme", 1)
    user = add_account(server, "una@acme.example", "Acme", 0)
    assert user.post("/portals/studio/settings", form={"keepDays": "7"}).status == 404
    answer = save(ann, {"keepDays": typed})
    assert answer.status == 422 and words in answer.text
    assert 'id="keepDays-error"' in answer.text
    # The site's own limits are told.
    page = ann.get("/portals/studio/settings").text
    for told in ("128 MB", "30 days", "1,048,576 rows", "checked"):
        assert told in page, told


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
