"""The page of a batch: it says what is to be done, takes what became of it, and gives it back."""

import html
import io
import re

import openpyxl
import pytest

from client import add_account, own_client, part, query
from conftest import ROOT, Server

SHEETS = {
    "studio": "studio/good", "close": "close/small", "nexudus": "nexudus/small",
    "dimensions": "dimensions/mixed-right", "rainbow": "rainbow/mixed-right",
}
LISTS = {"studio": [("domains", "studio/domains.csv")],
         "dimensions": [("pbxTemplates", "dimensions/pbx-templates.txt")],
         "rainbow": [("companies", "rainbow/companies.txt")]}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("batch"))
    yield server
    server.kill()


@pytest.fixture
def client(server, request):
    return own_client(server, request)


def approved(client, portal):
    """The page of a batch of the portal's samples."""
    for name, path in LISTS.get(portal, []):
        data = (ROOT / f"Fixtures/{path}").read_bytes()
        client.send(f"/portals/{portal}/lists/{name}", part("list", data, path.split("/")[1]))
    data = (ROOT / f"Fixtures/{SHEETS[portal]}.xlsx").read_bytes()
    return client.approve(client.upload(portal, data))


def words(answer):
    """What somebody reads on a page."""
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def steps(client, batch):
    number, attempt = batch.rpartition("/")[2].split(".")
    rows = query(
        client.server, "SELECT sequence, operation, operations.kind, sheet, operations.state, note,"
        " operations.actor FROM operations"
        " JOIN attempts ON attempts.id = operations.attempt JOIN scopes ON scopes.id = scope"
        " WHERE reseller = ? AND number = ? AND attempts.attempt = ? ORDER BY sequence",
        client.reseller, number, attempt)
    names = ("sequence", "operation", "kind", "sheet", "state", "note", "actor")
    return [dict(zip(names, row)) for row in rows]


def say(client, batch, verdict, chosen, note=""):
    return client.post(f"{batch}/steps", form={
        "verdict": verdict, "step": [str(one) for one in chosen], "note": note})


def confirm(client, batch, data, name="there.xlsx"):
    answer = client.send(f"{batch}/confirm", part("list", data, name))
    assert answer.status == 303, answer.text
    return words(client.get(answer.location))


# MARK: - The portal's own list

@pytest.mark.parametrize("portal", ["close", "nexudus", "dimensions", "rainbow"])
def test_a_whole_list_confirms_what_is_in_it_and_refuses_nothing(client, portal):
    batch = approved(client, portal)
    there = client.get(f"/portals/{portal}/customers.xlsx").body
    said = confirm(client, batch, there)
    after = steps(client, batch)
    done = [one for one in after if one["state"] == 2]
    assert not any(one["state"] == 3 for one in after)
    assert {one["note"] for one in done} == {"there.xlsx"}
    book = openpyxl.load_workbook(io.BytesIO(there))
    kinds = {one["sheet"] for one in after if one["operation"].endswith(".create")}
    assert len(book.sheetnames) > 1 and kinds <= {one["sheet"] for one in done}
    assert f"{len(done)} steps are confirmed by the list there.xlsx." in said
    left = sum(one["state"] == 0 for one in after)
    assert f"{left} steps stay open" in said or left <= 1


@pytest.mark.parametrize("portal", SHEETS)
def test_names_that_nobody_knows_change_nothing(client, portal):
    batch = approved(client, portal)
    names = "\n".join(f"nobody {number}" for number in range(200)).encode()
    said = confirm(client, batch, names, "names.txt")
    assert {one["state"] for one in steps(client, batch)} == {0}
    assert "The list confirms no step." in said


def test_an_email_is_not_confirmed_by_who_is_there(client):
    batch = approved(client, "rainbow")
    confirm(client, batch, client.get("/portals/rainbow/customers.xlsx").body)
    left = {one["operation"] for one in steps(client, batch) if one["state"] == 0}
    assert "rainbow.company.invite_administrator" in left


# MARK: - Taking back

def test_a_refusal_is_taken_back(client):
    batch = approved(client, "close")
    before = client.get("/portals/close/customers.xlsx").body
    first = steps(client, batch)[0]["sequence"]
    refused = say(client, batch, "refused", [first], "Name in use")
    page = client.get(refused.location)
    count = int(re.search(r"moved=(\d+)", refused.location).group(1))
    assert count == sum(one["state"] == 3 for one in steps(client, batch)) > 1
    assert "Download the refused rows" in words(page)
    chosen = [one["sequence"] for one in steps(client, batch) if one["state"] == 3]
    back = say(client, batch, "ready", chosen)
    assert back.location.endswith(f"?moved={count}")
    assert {one["state"] for one in steps(client, batch)} == {0}
    assert "Download the refused rows" not in words(client.get(batch))
    assert rows(client.get("/portals/close/customers.xlsx").body) == rows(before)
    # Nothing is said to move that did not.
    assert say(client, batch, "ready", chosen).location.endswith("?moved=0")


def plan(client, batch, chosen, language="en", **more):
    """What the page says that goes along with a refusal, and what stands for having seen it."""
    query = "&".join([f"step={one}" for one in chosen] + [f"{name}={value}" for name, value
                                                           in more.items()])
    page = client.get(f"{batch}/refusal?{query}", headers={"Accept-Language": language})
    assert page.status == 200
    lines = re.findall(r"<li>(.*?)</li>", page.text.rpartition('class="plan"')[2].partition(
        "</ul>")[0])
    return [html.unescape(line) for line in lines], re.search(
        r'name="digest" value="(\w+)"', page.text), page


@pytest.mark.parametrize("portal, rests, german", [
    ("close", "1 contact, 1 room and 1 host rest on this: their steps go with it.",
     "1 Kontakt, 1 Raum und 1 Host hängen davon ab: Ihre Schritte fallen mit weg."),
    ("nexudus", "1 network and 1 sub-account rest on this: their steps go with it.",
     "1 Netzwerk und 1 Unterkonto hängen davon ab: Ihre Schritte fallen mit weg."),
    ("studio", None, None)])
def test_a_refusal_says_beforehand_what_goes_with_it(client, portal, rests, german):
    batch = approved(client, portal)
    before = steps(client, batch)
    first = before[0]["sequence"]
    assert f'formmethod="get" formaction="{batch}/refusal"' in client.get(batch).text
    lines, digest, page = plan(client, batch, [first], note="Name+in+use")
    assert 'value="Name in use"' in page.text
    assert lines[0] == "1 row comes back to you with these words, to fix and upload again."
    assert [line for line in lines if "rest on" in line] == [rests] * (rests is not None)
    assert german is None or german in plan(client, batch, [first], "de")[0]
    # Its other steps are told of, too: with what rests on it, all that move.
    said = [int(line.split()[0]) for line in lines if "refused with it" in line]
    is_blocked = "1 more step cannot be done while this stays refused." in lines
    assert is_blocked == (portal == "nexudus")
    assert steps(client, batch) == before
    # It is done as it was said, in the portal's words.
    form = {"verdict": "refused", "step": [first], "note": "Name in use"}
    answer = client.post(f"{batch}/steps", form=form | {"digest": digest.group(1)})
    moved = int(re.search(r"moved=(\d+)", answer.location).group(1))
    assert said == [moved - 1] * (moved > 1)
    assert steps(client, batch)[0]["note"] == "Name in use"


def test_a_refusal_is_said_anew_once_something_else_goes_with_it(client):
    batch = approved(client, "close")
    first, *_, last = [one["sequence"] for one in steps(client, batch)]
    _, digest, _ = plan(client, batch, [first])
    say(client, batch, "refused", [last])
    form = {"verdict": "refused", "step": [first], "digest": digest.group(1), "note": "Full & done"}
    answer = client.post(f"{batch}/steps", form=form)
    assert f"{batch}/refusal?step={first}&" in answer.location
    page = client.get(answer.location).text
    assert "Something has changed" in page and 'value="Full &amp; done"' in page
    assert steps(client, batch)[0]["state"] == 0


def test_who_chooses_no_step_is_told_so_and_no_words_are_said_to_be_none(client):
    batch = approved(client, "close")
    before = steps(client, batch)
    for verdict, way in [("refused", client.get(f"{batch}/refusal")), *(
            (verdict, say(client, batch, verdict, [])) for verdict in ("done", "ready"))]:
        assert (way.status, way.location) == (303, f"{batch}?none=1"), verdict
    assert "tick the steps first" in words(client.get(f"{batch}?none=1"))
    assert steps(client, batch) == before
    say(client, batch, "refused", [steps(client, batch)[0]["sequence"]])
    assert "no reason given" in words(client.get(batch))


def rows(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return sorted(str(row) for sheet in book for row in sheet.values)


def test_what_was_handed_in_again_is_not_taken_back_and_the_page_says_so(client):
    batch = approved(client, "close")
    everything = [one["sequence"] for one in steps(client, batch)]
    say(client, batch, "refused", everything)
    client.approve(client.upload(
        "close", (ROOT / "Fixtures/close/small.xlsx").read_bytes(), "again.xlsx"))
    answer = say(client, batch, "ready", everything)
    assert answer.status == 400
    assert "was changed or handed in again" in words(answer)
    assert {one["state"] for one in steps(client, batch)} == {3}


def test_done_after_refused_is_done(client):
    batch = approved(client, "close")
    first = steps(client, batch)[0]["sequence"]
    say(client, batch, "refused", [first])
    say(client, batch, "done", [first])
    assert steps(client, batch)[0]["state"] == 2


# MARK: - What is to be done

@pytest.mark.parametrize("portal", SHEETS)
def test_every_step_can_be_ticked_and_is_counted_alike(client, portal):
    batch = approved(client, portal)
    all_steps = steps(client, batch)
    ticks = re.findall(r'name="step" value="(\d+)"', client.get(batch).text)
    assert sorted(map(int, ticks)) == [one["sequence"] for one in all_steps]
    assert f"{len(all_steps)} steps of batch 1.1 are open." in words(client.get("/"))
    say(client, batch, "done", ticks)
    count = len(all_steps)
    assert f"{count} of {count} steps done" in words(client.get(batch))
    assert "of batch 1.1" not in words(client.get("/"))


@pytest.mark.parametrize("portal", SHEETS)
def test_the_page_says_what_the_printed_checklist_says(client, portal):
    batch = approved(client, portal)
    page = words(client.get(batch))
    assert not re.findall(r"\{\w+\}", page)
    printed = client.get(f"{batch}/files/checklist.txt").text
    assert not re.findall(r"\{\w+\}", printed)
    lines = [re.sub(r"^\s*(\d+\.)? *\[ \] *(\([^)]*\) )*", "", line)
             for line in printed.splitlines() if "[ ]" in line]
    assert len(lines) >= len({one["operation"] for one in steps(client, batch)}) - 1
    for line in lines:
        # Names stand in a column of their own, and rows in another.
        parts = re.sub(r" \([^()]*, row \d+\)$", "", line).split(", ")
        for told in parts:
            shown = " ".join(told.replace("(empty)", "(blank)").split())
            assert shown in page, (line, shown)


def test_what_stands_above_each_group_says_what_it_is(client):
    page = client.get(approved(client, "rainbow")).text
    heads = re.findall(r"<h2>(.*?)</h2>", page)
    assert "New companies: Create" in heads and "Answers: Accept" in heads
    assert "this step" not in page
    assert "optional" in page


def test_no_two_groups_have_one_name(client):
    page = client.get(approved(client, "close")).text
    heads = re.findall(r"<h2>(.*?)</h2>", page)
    assert "Hosts: Link" in heads and "Hosts: Link (Owner)" in heads
    assert len(heads) == len(set(heads))


def test_links_of_something_refused_are_refused_with_it(client):
    batch = approved(client, "dimensions")
    first = next(one for one in steps(client, batch) if one["sheet"] == "customers")
    say(client, batch, "refused", [first["sequence"]], "Name in use")
    roles = [one for one in steps(client, batch) if one["operation"] == "dimensions.role.assign"]
    assert [one["state"] for one in roles].count(3) == 2


@pytest.mark.parametrize("portal, child, count", [("nexudus", "nexudus.invite", 1)])
def test_what_rests_on_something_refused_says_that_it_cannot_be_done(
        client, portal, child, count):
    """Also where it makes no customer of its own, and so nothing is given back."""
    batch = approved(client, portal)
    first = next(one for one in steps(client, batch) if one["sheet"] == "customers")
    name = re.search(rf'value="{first["sequence"]}"><span class="hidden">(.*?)</span>',
                     client.get(batch).text).group(1)

    def told():
        page = client.get(batch).text
        numbers = [one["sequence"] for one in steps(client, batch) if one["operation"] == child]
        rows = [re.search(rf'<input type="checkbox" name="step" value="{number}".*?</tr>', page,
                          re.S).group() for number in numbers]
        return [row for row in rows if "blocked" in row]

    assert told() == []
    say(client, batch, "refused", [first["sequence"]], "Name in use")
    assert len(told()) == count
    assert all(f"while this stays refused: {name}</td>" in row for row in told())
    assert "blockiert" in client.get(batch, headers={"Accept-Language": "de"}).text
    # What the portal did after all is in nobody's way; who came with it may be.
    say(client, batch, "done", [first["sequence"]])
    assert not any(f"while this stays refused: {name}</td>" in row for row in told())


def test_what_holds_a_step_is_what_is_said(server, client):
    batch = approved(client, "nexudus")
    page = words(client.get(batch))
    assert "counts as not approved" in page and "charges are confirmed" not in page
    assert f'href="/portals/nexudus/settings"' in client.get(batch).text
    user = add_account(server, "user@acme.example", client.reseller, 0)
    assert "Ask your administrator" in words(user.get(batch))
    assert "/portals/nexudus/settings" not in user.get(batch).text


@pytest.mark.parametrize("portal, wanted", [
    ("close", ["Companies: 2 added in Close.", "Contacts: 2 added in Close.", "Rooms: 2 added"]),
    ("rainbow", ["Answers: 2 accepted, 2 declined in"])])
def test_effects_are_told_of_what_they_are(client, portal, wanted):
    for name, path in LISTS.get(portal, []):
        data = (ROOT / f"Fixtures/{path}").read_bytes()
        client.send(f"/portals/{portal}/lists/{name}", part("list", data, path.split("/")[1]))
    data = (ROOT / f"Fixtures/{SHEETS[portal]}.xlsx").read_bytes()
    page = words(client.wait(client.upload(portal, data)))
    assert [one for one in wanted if one not in page] == [], page
    assert not re.search(r"\d+ customers? (is|are) ", page)


def test_what_is_not_needed_is_settled_with_who_and_when(client):
    batch = approved(client, "nexudus")
    first = steps(client, batch)[0]["sequence"]
    assert say(client, batch, "not_needed", [first], "was there").location.endswith("?moved=1")
    one = steps(client, batch)[0]
    assert (one["state"], one["note"]) == (5, "was there")
    assert one["actor"] == f"{client.reseller}@acme.example"
    page = words(client.get(batch))
    assert re.search(rf"not needed \d{{4}}-\d\d-\d\d \d\d:\d\d UTC, {one['actor']}", page)
    assert f"1 of {len(steps(client, batch))} steps done" in page
    say(client, batch, "ready", [first])
    assert steps(client, batch)[0]["actor"] is None


def test_all_of_a_group_are_confirmed_at_once(client):
    book = openpyxl.load_workbook(ROOT / "Templates/rainbow/rainbow.xlsx")
    sheet = book["Existing companies"]
    head = [str(cell.value).rstrip("*").strip() for cell in sheet[1]]
    for number in range(150):
        sheet.append(["Invite" if name == "Action" else f"Firm {number}" if name == "Company"
                      else None for name in head])
    data = io.BytesIO()
    book.save(data)
    batch = client.approve(client.upload("rainbow", data.getvalue()))
    group = steps(client, batch)[-1]["operation"]
    of_group = [one for one in steps(client, batch) if one["operation"] == group]
    assert len(of_group) == 150
    page = client.get(batch).text
    assert "Confirm all 150 open steps of this group" in page
    answer = client.post(f"{batch}/steps", form={"group": group, "note": ""})
    assert answer.location.endswith("?moved=150")
    others = {one["state"] for one in steps(client, batch) if one["operation"] != group}
    assert others == {0}


def test_the_page_sends_a_list_as_it_sends_a_workbook(client):
    page = client.get(approved(client, "close")).text
    form = re.search(r'<form class="drop"[^>]*>', page).group()
    for name in ("sent", "left-few", "left-seconds", "left-minutes", "left-minute"):
        assert f"data-{name}=" in form
