"""The first page tells what waits at portals: trials that end, invitations that nobody answers."""

import datetime
import html
import io
import re
import subprocess
import zlib

import openpyxl
import pytest

from client import add_account, change, database, query
from conftest import BINARY, ROOT, Server

TODAY = datetime.datetime.now(datetime.UTC).date()


def day(count):
    return (TODAY + datetime.timedelta(days=count)).isoformat()


def book(portal, **sheets):
    """The portal's template with rows of values by header."""
    made = openpyxl.load_workbook(ROOT / f"Templates/{portal}/{portal}.xlsx")
    for title, rows in sheets.items():
        sheet = made[title.replace("_", " ")]
        headers = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, 2):
            for header, value in row.items():
                sheet.cell(number, headers.index(header) + 1, value)
    bytes = io.BytesIO()
    made.save(bytes)
    return bytes.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("waiting"))
    yield server
    server.stop()


@pytest.fixture
def client(site, request):
    name = f"Acme {zlib.crc32(request.node.name.encode())}"
    client = add_account(site, f"{name.replace(' ', '').lower()}@acme.example", name, 1)
    client.reseller = name
    return client


def command(client, *arguments):
    subprocess.run(
        [BINARY, *arguments, "--ledger", database(client.server), f"--reseller={client.reseller}"],
        check=True, capture_output=True)


def told(client):
    tasks = client.get("/").text.partition('<ul class="tasks">')[2].partition("</ul>")[0]
    return [html.unescape(text) for text in re.findall(r"<li><p>(.*?)</p>", tasks)]


def room(name, **more):
    return {"Company": "Acme", "Room Name": name, "Product Type": "team room",
            "Room Status": "trial"} | {key.replace("_", " "): more[key] for key in more}


TRIALS = [
    ("given, today", room("A", Trial_End=day(0)), "", 0),
    ("given, the last day told", room("A", Trial_End=day(14)), "", 14),
    ("given, a day later", room("A", Trial_End=day(15)), "", None),
    ("given, over", room("A", Trial_End=day(-1)), "", None),
    ("given, whatever the setting", room("A", Trial_End=day(3), Created=day(-1)), "30", 3),
    ("from its creation", room("A", Created=day(-10)), "20", 10),
    ("from its creation, over", room("A", Created=day(-30)), "20", None),
    ("nobody knows how long", room("A", Created=day(-10)), "", None),
    ("nobody knows since when", room("A"), "20", None),
    ("no trial", room("A", Trial_End=day(3)) | {"Room Status": "paid subscriber"}, "", None),
]


@pytest.mark.parametrize("name, row, days, expected", TRIALS, ids=[row[0] for row in TRIALS])
def test_a_trial_that_ends_soon_is_told(client, tmp_path, name, row, days, expected):
    path = tmp_path / "known.xlsx"
    path.write_bytes(book("close", Companies=[{"Company Name": "Acme"}], Rooms=[row]))
    command(client, "adopt", "close", path)
    assert len(told(client)) == (expected is not None and "Trial End" in row)
    # What was counted before the settings were loaded does not stay.
    (tmp_path / "settings.yaml").write_text(f"trialDays: {days or 'null'}\n")
    command(client, "settings", "load", "close", tmp_path / "settings.yaml")
    lines = [] if expected is None else [
        f"The trial of Acme / A in Close ends on {day(expected)}."]
    assert told(client) == lines
    if lines:
        link = re.search(r'href="(/portals/close/records/rooms/\w+)"', client.get("/").text)
        assert "Acme / A" in client.get(link.group(1)).text


def test_a_trial_without_a_day_counts_from_its_upload(client, tmp_path):
    (tmp_path / "settings.yaml").write_text("trialDays: 5\n")
    command(client, "settings", "load", "close", tmp_path / "settings.yaml")
    company = {"Company Name": "Acme", "Customer Status": "prospect"}
    client.approve(client.upload("close", book("close", Companies=[company], Rooms=[room("A")])))
    assert f"The trial of Acme / A in Close ends on {day(5)}." in told(client)


def test_trials_are_looked_up_and_not_looked_for(client, tmp_path):
    """Also where a reseller's own settings make the Definition another one."""
    (tmp_path / "settings.yaml").write_text(
        "columns: [{sheet: rooms, header: Cost Centre, type: text}]\n")
    command(client, "settings", "load", "close", tmp_path / "settings.yaml")
    path = tmp_path / "known.xlsx"
    path.write_bytes(book(
        "close", Companies=[{"Company Name": "Acme"}], Rooms=[room("A", Trial_End=day(1))]))
    command(client, "adopt", "close", path)
    # Nobody else may be found without what the records are kept under.
    change(client.server, "DELETE FROM lookups WHERE name = 'trialEnd' AND scope IN"
           " (SELECT id FROM scopes WHERE reseller = ?)", client.reseller)
    assert told(client) == []


def test_many_trials_are_told_together(client, tmp_path):
    path = tmp_path / "known.xlsx"
    rows = [room(f"Room {number:02}", Trial_End=day(1 + number % 5)) for number in range(13)]
    path.write_bytes(book("close", Companies=[{"Company Name": "Acme"}], Rooms=rows))
    command(client, "adopt", "close", path)
    lines = told(client)
    assert len(lines) == 11
    assert lines[0].endswith(f"{day(1)}.")
    assert lines[-1] == f"3 more trials in Close end by {day(5)}."


def test_nobody_is_told_of_anothers_trials(site, client, tmp_path):
    path = tmp_path / "known.xlsx"
    path.write_bytes(book(
        "close", Companies=[{"Company Name": "Acme"}], Rooms=[room("A", Trial_End=day(1))]))
    command(client, "adopt", "close", path)
    other = add_account(site, f"other-{client.reseller.split()[1]}@beta.example", "Beta", 1)
    assert len(told(client)) == 1 and told(other) == []


# MARK: - Invitations

def moment(days):
    """So many days ago."""
    return (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)).strftime(
        "%Y-%m-%dT%H:%M:%SZ")


def age(client, batch, days, step_days=None):
    """Makes a batch that old, and what was recorded of it so far, too, or as old as is said."""
    number, attempt = batch.rpartition("/")[2].split(".")
    [(own,)] = query(
        client.server, "SELECT attempts.id FROM attempts JOIN scopes ON scopes.id = scope"
        " WHERE reseller = ? AND number = ? AND attempt = ?", client.reseller, number, attempt)
    change(client.server, "UPDATE attempts SET time = ? WHERE id = ?", moment(days), own)
    change(client.server, "UPDATE operations SET recorded = ? WHERE attempt = ?"
           " AND recorded IS NOT NULL", moment(days if step_days is None else step_days), own)


def settle(client, batch, operation, verdict, count=None, note=""):
    """Records what became of all steps of an operation, or of the first ones."""
    number, attempt = batch.rpartition("/")[2].split(".")
    steps = query(client.server, "SELECT sequence FROM operations JOIN attempts ON attempts.id ="
                  " operations.attempt JOIN scopes ON scopes.id = scope WHERE reseller = ?"
                  " AND number = ? AND attempts.attempt = ? AND operation = ?",
                  client.reseller, number, attempt, operation)
    assert steps, operation
    client.post(f"{batch}/steps", form={
        "verdict": verdict, "note": note, "step": [str(one) for one, in steps[:count]]})


RAINBOW = {"Existing_companies": [{"Company": "Acme"}, {"Company": "Birch"}]}
NEXUDUS = {"Customers": [{"Name": "Acme", "Web Address": "acme", "Country": "GB",
                          "Currency": "GBP", "Time Zone": "London"}],
           "Invitations": [{"Account": "Acme", "Full Name": "Ann", "Email": "ann@acme.example"}]}
INVITED, ANSWERED = "rainbow.company.invite", "rainbow.company.associated"
INVITATIONS = [
    ("sent and not answered", "rainbow", RAINBOW, [(INVITED, "done")], 8, 2),
    ("sent a day too late", "rainbow", RAINBOW, [(INVITED, "done")], 6, 0),
    ("being sent", "rainbow", RAINBOW, [(INVITED, "handed_over")], 8, 2),
    ("answered", "rainbow", RAINBOW, [(INVITED, "done"), (ANSWERED, "done")], 8, 0),
    ("refused", "rainbow", RAINBOW, [(INVITED, "refused")], 8, 0),
    ("never sent", "rainbow", RAINBOW, [], 8, 0),
    ("one answered, the other never sent", "rainbow", RAINBOW,
     [(INVITED, "done", 1), (ANSWERED, "done", 1)], 8, 0),
    ("handed over", "nexudus", NEXUDUS, [("nexudus.invite", "handed_over")], 8, 1),
    ("handed over a day too late", "nexudus", NEXUDUS, [("nexudus.invite", "handed_over")], 6, 0),
    ("done", "nexudus", NEXUDUS, [("nexudus.invite", "done")], 8, 0),
    ("of an old batch, sent lately", "rainbow", RAINBOW, [(INVITED, "done")], (8, 6), 0),
    ("of an old batch, sent a week ago", "rainbow", RAINBOW, [(INVITED, "done")], (9, 8), 2),
]


@pytest.mark.parametrize(
    "name, portal, sheets, steps, days, count", INVITATIONS, ids=[row[0] for row in INVITATIONS])
def test_invitations_without_an_answer_are_told(
        client, name, portal, sheets, steps, days, count):
    batch = client.approve(client.upload(portal, book(portal, **sheets)))
    for step in steps:
        settle(client, batch, *step)
    age(client, batch, *([days] if isinstance(days, int) else days))
    assert unanswered(client, batch) == count


def unanswered(client, batch):
    """How many invitations of a batch are said to be without an answer."""
    lines = [line for line in told(client) if "without an answer" in line]
    number = batch.rpartition("/")[2]
    found = [re.match(rf"(\d+) invitations? of batch {number} ", line) for line in lines]
    assert len(found) <= 1
    return int(found[0].group(1)) if found else 0


def test_each_invitation_is_as_old_as_it_is_itself(client):
    batch = client.approve(client.upload("rainbow", book("rainbow", **RAINBOW)))
    settle(client, batch, INVITED, "done", 1)
    age(client, batch, 8)
    settle(client, batch, INVITED, "done")
    assert unanswered(client, batch) == 1
    # Nor does a note make the first one younger.
    settle(client, batch, INVITED, "done", 1, note="By phone, too.")
    assert unanswered(client, batch) == 1
