"""J: the hostile files of A to E, handed in on a page. Numbers are those of ../hostile.md.

Each ends as `rowgate check` ends with it, and the server is as well as before.
`ROWGATE_HOSTILE=full` before the command takes also those that keep a worker busy for long.
"""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import test_hostile_files
import test_hostile_sheets
import test_hostile_values
import test_hostile_xml
import test_hostile_zip
from client import add_account, below, database, processes_of, query, until
from conftest import BINARY, ROOT, SECONDS, Server
from universal import SLOWNESS

GOOD = (ROOT / "Fixtures/studio/good.xlsx").read_bytes()
IS_FULL = os.environ.get("ROWGATE_HOSTILE") == "full"
# What costs a worker seconds, by the number of the attack; a debug build ten times as many.
LONG = {"15", "16", "19", "49", "59", "60"} if SLOWNESS == 1 else {
    "15", "16", "19", "28", "42", "43", "45", "49", "59", "60", "62", "63", "69", "70"}
JUDGED, FAILED = 2, 3


def makers():
    """What makes each file, by its label."""
    for path in sorted((ROOT / "Fixtures/bad").iterdir()):
        yield f"a fixture: {path.name}", path.read_bytes
    for label, (data, _) in test_hostile_files.FILES.items():
        yield label, lambda data=data: data
    for table in (test_hostile_zip.ARCHIVES, test_hostile_xml.DOCUMENTS,
                  test_hostile_sheets.REFUSED, test_hostile_sheets.JUDGED):
        for label, (make, *_) in table.items():
            yield label, make
    yield from test_hostile_zip.HONEST.items()
    for table in (test_hostile_values.WRONG, test_hostile_values.TAKEN):
        for label, (column, value, *_) in table.items():
            yield label, lambda column=column, value=value: test_hostile_values.with_value(
                column, value)


MAKERS = {label: make for label, make in makers()
          if IS_FULL or label.split()[0] not in LONG}


class Bench:
    """A server to which all of them are handed in, and somebody who does."""

    def __init__(self, folder):
        self.server = Server(folder / "site")
        self.client = add_account(self.server, "ann@acme.example", "Acme", 1)
        self.folder = folder
        with ThreadPoolExecutor(2) as pool:
            self.paths = dict(zip(MAKERS, pool.map(self.hand_in, MAKERS)))
        assert until(lambda: not query(
            self.server, "SELECT 1 FROM uploads WHERE state IN (0, 1)"), 10 * SECONDS)
        self.states = dict(query(self.server, "SELECT id, state FROM uploads"))

    def hand_in(self, label):
        made = MAKERS[label]()
        data = made if isinstance(made, bytes) else made.bytes()
        self.file(label).write_bytes(data)
        return self.client.upload("studio", data, "book.xlsx")

    def file(self, label):
        """Where it is, as a command has it. Its name is the same for all."""
        folder = self.folder / f"{list(MAKERS).index(label)}"
        folder.mkdir(exist_ok=True)
        return folder / "book.xlsx"

    def checked(self, label):
        """What the command says of it."""
        done = subprocess.run(
            [BINARY, "check", self.file(label), "--portal", "studio", "--ledger",
             database(self.server), "--reseller=Acme", "--format", "json"],
            capture_output=True, timeout=10 * SECONDS, check=False)
        return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    bench = Bench(tmp_path_factory.mktemp("hostile"))
    yield bench
    bench.server.stop()


@pytest.mark.parametrize("label", MAKERS)
def test_154_a_page_ends_with_a_file_as_the_command_does(bench, label):
    status, report = bench.checked(label)
    path = bench.paths[label]
    page = bench.client.get(path)
    assert page.status == 200
    assert bench.states[path.split("/")[-1]] == (FAILED if status == 2 else JUDGED)
    if status == 2:
        codes = {each["code"] for each in report["findings"] if each["severity"] == "error"}
        assert codes and all(code in page.text for code in codes), page.text
        return
    told = json.loads(bench.client.get(f"{path}/files/report.json").body)
    assert told["counts"] == report["counts"]
    assert told["findings"] == report["findings"]


def test_154_the_server_is_as_well_as_before(bench):
    assert until(lambda: processes_of(bench.server) == [])
    assert bench.server.process.poll() is None
    page = bench.client.wait(bench.client.upload("studio", GOOD)).text
    assert 'name="digest"' in page
    # Nothing is left but what was handed in, nor did anything break.
    folders = {path.name for path in (bench.server.folder / "data/uploads").iterdir()}
    assert folders == {id for (id,) in query(bench.server, "SELECT id FROM uploads")}
    assert not [path for path in below(bench.server.folder / "data/incoming") if path.is_file()]
    assert "worker." not in bench.server.log() and "Fatal error" not in bench.server.log()
    assert query(bench.server, "PRAGMA integrity_check") == [("ok",)]
