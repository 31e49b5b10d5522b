"""H: one reseller's thousand uploads, and another one's single one. Numbers are those of
../hostile.md.

`ROWGATE_HOSTILE=full` before the command takes the thousand of the list.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import add_account, query, until
from conftest import ROOT, Server

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
IS_FULL = os.environ.get("ROWGATE_HOSTILE") == "full"
QUEUE_COUNT = 999 if IS_FULL else 120
WORKERS_COUNT = 2
# Uploads that may begin between the moment before one is handed in and the moment after it began:
# a few for each worker, and more where the machine has much else to do. In a row it were all.
BEGUN_MAX = QUEUE_COUNT // 4
BEGIN_SECONDS = 5


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path, "--workers", str(WORKERS_COUNT))
    try:
        yield server
    finally:
        server.kill()


def counts(server, reseller):
    """Uploads that wait, and those that do not any more."""
    return query(
        server, "SELECT sum(state = 0), sum(state > 0) FROM uploads WHERE reseller = ?",
        reseller)[0]


def test_140_nobody_waits_behind_a_thousand_uploads_of_another(server):
    ann = add_account(server, "ann@acme.example", "Acme", 1)
    bea = add_account(server, "bea@birch.example", "Birch", 1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: ann.upload("studio", GOOD), range(QUEUE_COUNT)))
    _, begun_before = counts(server, "Acme")
    start = time.monotonic()
    bea.upload("studio", GOOD)
    assert until(lambda: counts(server, "Birch")[1] == 1)
    seconds, (waiting, begun) = time.monotonic() - start, counts(server, "Acme")
    assert waiting > 0, "there was no queue to be behind"
    assert begun - begun_before <= BEGUN_MAX
    assert not IS_FULL or seconds <= BEGIN_SECONDS
