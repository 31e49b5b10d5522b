"""Links that uploads make are remembered: later ones are judged by them, and they go with what they
join."""

import json

import openpyxl
import pytest

from driver import TODAY, operations, run
from ledgers import Ledger, filled

ACME, HALL, NOOK = "Acme", "Hall", "Nook"
ANN, BOB, CID = "ann@acme.example", "bob@acme.example", "cid@acme.example"


def contact(address, **more):
    return {"Email Address": address, "First Name": address[:3].title(), "Last Name": "Lee",
            "Company": ACME} | more


def room(name, kind="team room", company=ACME, **more):
    return {"Company": company, "Room Name": name, "Product Type": kind,
            "Room Status": "demo"} | more


def host(address, name=HALL, company=ACME, **more):
    return {"Company": company, "Room": name, "Host": address} | more


def given(address, name, **more):
    return host(address, Action="Give personal room", **more) | {
        "Personal Room": name, "Personal Room Status": "demo"}


def update(row, *titles):
    return {title: row[title] for title in titles} | {"Action": "Update"}


OWNER, GUEST = {"Owner": "Yes"}, {"Owner": "No"}
UNLINK, DELETE, LEAVE = {"Action": "Unlink"}, {"Action": "Delete"}, {"Unlink from Room": "Yes"}
MADE = {
    "Companies": [{"Company Name": name, "Customer Status": "customer"} for name in (ACME, "Birch")],
    "Contacts": [contact(ANN), contact(BOB), contact(CID)],
    "Rooms": [room(HALL), room(NOOK, "personal room")],
    "Hosts": [host(ANN, **OWNER), host(BOB), host(BOB, NOOK)]}
LINKS = {(HALL, "ann", "true"), (HALL, "bob", ""), (NOOK, "bob", "")}


class Desk(Ledger):
    """A ledger of one portal."""

    def __init__(self, folder):
        super().__init__(folder, ("--portal", "close"))
        self.count = 0

    def take(self, rows):
        """Codes of what is wrong with an upload of these rows, and of what is to be checked."""
        self.count += 1
        name = f"out-{self.count}"
        path = filled("close", self.folder.parent / f"{name}.xlsx", rows)
        return self.take_book(path, name)

    def take_book(self, path, name):
        done = self.upload(path, name)
        assert done.returncode in (0, 1), done.stderr
        report = json.loads((self.folder / name / "report.json").read_text(encoding="utf-8"))
        return ([each["code"] for each in report["findings"] if each["severity"] == "error"],
                [each["code"] for each in report["findings"] if each["severity"] == "warning"])

    def say(self, *command, code=0):
        done = run(*command, "--ledger", self.path)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def links(self):
        """The links that are known: room, whose, and whether of an owner."""
        found = self.rows(
            "SELECT field_values FROM records WHERE sheet = 'hosts' AND state = 0")
        values = [dict(pair.split("=", 1) for pair in line.split("\t")) for line, in found]
        links = [(each["room"], each["host"][:3], each.get("owner", "")) for each in values]
        assert len(links) == len(set(links)), "known twice"
        return set(links)

    def adopt(self, rows):
        path = filled("close", self.folder.parent / "known.xlsx", rows)
        self.say("adopt", "close", path)


@pytest.fixture
def desk(tmp_path):
    """A desk whose first upload made all there is."""
    desk = Desk(tmp_path / "desk")
    assert desk.take(MADE) == ([], ["record.unverified"])
    assert desk.links() == LINKS
    return desk


@pytest.mark.parametrize("rows, wrong", [
    pytest.param([host(CID)], [], id="another host"),
    pytest.param([host(ANN)], [], id="once more"),
    pytest.param([host(CID, **OWNER)], ["count.too_many"], id="a second owner"),
    pytest.param([host(ANN, **GUEST), host(CID, **OWNER)], [], id="the owner changes"),
    pytest.param([host(ANN, **GUEST)], ["count.too_few"], id="no owner any more"),
    pytest.param([host(ANN, **UNLINK)], ["count.too_few"], id="the owner leaves"),
    pytest.param([host(CID, NOOK)], ["count.too_many"], id="a second host of a personal room"),
    pytest.param([host(BOB, NOOK, **UNLINK), host(CID, NOOK)], [], id="one after the other"),
    pytest.param([host(CID, **UNLINK)], ["record.unknown"], id="one who is not there leaves"),
    pytest.param([given(CID, "Den", **LEAVE)], ["record.unknown"], id="nor moves out"),
    pytest.param([given(BOB, "Den", **LEAVE)], [], id="one who is there does"),
])
def test_a_later_upload_is_judged_by_them(desk, rows, wrong):
    assert desk.take({"Hosts": rows})[0] == wrong


@pytest.mark.parametrize("rows, wrong", [
    pytest.param({"Contacts": [contact(BOB, **DELETE)], "Hosts": [host(CID, NOOK)]}, [],
                 id="who is deleted makes room"),
    pytest.param({"Contacts": [contact(ANN, **DELETE)]}, ["count.too_many"],
                 id="an owner is not deleted"),
    pytest.param({"Contacts": [update(contact(ANN, Company="Birch"), "Email Address", "Company")]},
                 ["count.too_many"], id="nor sent to another company"),
    pytest.param({"Rooms": [update(room(HALL, "personal room"), "Company", "Room Name",
                                   "Product Type")]}, ["count.too_many"],
                 id="two hosts keep it a team room"),
])
def test_so_are_rows_of_what_they_join(desk, rows, wrong):
    assert desk.take(rows)[0][:1] == wrong


# What an upload does to links: its rows, what it leaves, and the step that is refused.
DEEDS = {
    "unlink": ({"Hosts": [host(BOB, **UNLINK)]}, LINKS - {(HALL, "bob", "")}, "close.host.unlink"),
    "link": ({"Hosts": [host(CID)]}, LINKS | {(HALL, "cid", "")}, "close.host.link"),
    "room": ({"Rooms": [room(NOOK, "personal room", **DELETE)]}, LINKS - {(NOOK, "bob", "")},
             "close.room.delete"),
    "contact": ({"Contacts": [contact(BOB, **DELETE)]}, {(HALL, "ann", "true")},
                "close.contact.delete"),
    "attach": ({"Contacts": [update(contact(BOB, Company="Birch"), "Email Address", "Company")]},
               {(HALL, "ann", "true")}, "close.contact.attach"),
    "given": ({"Hosts": [given(BOB, "Den")]}, LINKS | {("Den", "bob", "")},
              "close.personal.room"),
    "left": ({"Hosts": [given(BOB, "Den", **LEAVE)]},
             LINKS - {(HALL, "bob", "")} | {("Den", "bob", "")}, "close.personal.room"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_they_are_as_an_upload_leaves_them_until_the_portal_refuses(desk, deed):
    rows, left, step = DEEDS[deed]
    assert desk.take(rows)[0] == []
    assert desk.links() == left
    refused = "--rejected", desk.folder.parent / "refused.xlsx"
    desk.say("done", "2.1", step, "--refused", *refused)
    assert desk.links() == LINKS
    desk.say("done", "2.1", step, "--ready")
    assert desk.links() == left
    desk.say("undo", "2.1", "--confirm", *TODAY)
    assert desk.links() == LINKS


@pytest.mark.parametrize("deed, back", [
    ("unlink", ["close.host.link"]), ("link", ["close.host.unlink"]),
    ("attach", ["close.contact.attach", "close.host.link", "close.host.link"]),
    ("given", ["close.host.unlink", "close.room.delete"]),
    ("left", ["close.host.link", "close.host.unlink", "close.room.delete"])])
def test_what_the_portal_did_is_taken_back_by_steps(desk, deed, back):
    rows, left, _ = DEEDS[deed]
    desk.take(rows)
    desk.say("done", "2.1")
    folder = desk.folder / "undo"
    desk.say("undo", "2.1", "--confirm", *TODAY, "-o", folder)
    assert sorted(each["operation"] for each in operations(folder)) == back
    assert {link[:2] for link in desk.links()} == {link[:2] for link in LINKS}


def test_nothing_is_linked_again_to_what_is_gone(desk):
    assert desk.take({"Rooms": [room(NOOK, "personal room", **DELETE)],
                      "Hosts": [host(BOB, NOOK, **UNLINK)]})[0] == []
    desk.say("done", "2.1")
    told = desk.say("undo", "2.1", *TODAY).splitlines()
    assert len(told) == 2 and all("by hand" in line for line in told)


# Who becomes the Owner: one who was a guest, and one who is linked by the same row.
HEIRS = {"bob": (BOB, {(HALL, "ann", "false"), (HALL, "bob", "true"), (NOOK, "bob", "")}),
         "cid": (CID, LINKS - {(HALL, "ann", "true")} | {
             (HALL, "ann", "false"), (HALL, "cid", "true")})}


@pytest.mark.parametrize("heir", HEIRS)
@pytest.mark.parametrize("order", [1, -1])
def test_an_owner_stays_one_until_another_is(desk, heir, order):
    address, left = HEIRS[heir]
    assert desk.take({"Hosts": [host(ANN, **GUEST), host(address, **OWNER)][::order]})[0] == []
    refused = desk.folder.parent / "refused.xlsx"
    for _ in range(2):
        assert desk.links() == left
        desk.say("done", "2.1", "close.host.owner", "--refused", "--rejected", refused)
        assert desk.links() == LINKS
        desk.say("done", "2.1", "close.host.owner", "--ready")
    # Both rows come back: one alone would be wrong.
    rows = openpyxl.load_workbook(refused)["Hosts"].iter_rows(min_row=2, values_only=True)
    assert sorted(row[2] for row in rows if row[2]) == sorted([ANN, address])
    desk.say("undo", "2.1", "--confirm", *TODAY)
    assert desk.links() == LINKS


@pytest.mark.parametrize("heir", HEIRS)
def test_an_owner_is_one_again_by_a_step(desk, heir):
    address, _ = HEIRS[heir]
    desk.take({"Hosts": [host(ANN, **GUEST), host(address, **OWNER)]})
    desk.say("done", "2.1")
    folder = desk.folder / "undo"
    told = desk.say("undo", "2.1", *TODAY)
    assert f"{ACME}, {HALL}, {ANN}" in told and f"{ACME}, {HALL}, {address}" in told
    desk.say("undo", "2.1", "--confirm", *TODAY, "-o", folder)
    assert "close.host.owner" in [each["operation"] for each in operations(folder)]
    assert desk.links() == LINKS


def test_who_is_attached_is_unlinked_from_the_rooms_of_the_old_company(desk):
    rows, _, _ = DEEDS["attach"]
    desk.take(rows)
    [step] = operations(desk.folder / "out-2")
    assert step["data"] == {"company": "Birch", "unlinkedFrom": [HALL, NOOK]}


@pytest.mark.parametrize("flag, waits", [
    ("--ready", True), ("--handed-over", True), ("--unknown", True), ("--not-needed", False)])
def test_a_step_waits_for_earlier_ones_that_may_not_be_done(desk, flag, waits):
    desk.say("done", "1.1", "close.room.create", "--handed-over")
    desk.say("done", "1.1", "close.room.create", flag)
    desk.take({"Hosts": [host(CID)]})
    [step] = operations(desk.folder / "out-2")
    assert (f"close.room.create/{ACME}/{HALL}" in step["dependsOn"]) == waits


def test_a_refused_room_takes_those_who_were_linked_to_it_back(desk):
    desk.take({"Rooms": [room("Yard")], "Hosts": [host(CID, "Yard", **OWNER)]})
    desk.take({"Hosts": [host(BOB, "Yard")]})
    assert desk.links() == LINKS | {("Yard", "cid", "true"), ("Yard", "bob", "")}
    desk.say("done", "2.1", "close.room.create", "--refused",
             "--rejected", desk.folder.parent / "refused.xlsx")
    assert desk.links() == LINKS
    assert set(desk.rows("SELECT state FROM operations JOIN attempts ON id = operations.attempt "
                         "WHERE number IN (2, 3)")) == {(3,)}


def test_a_refused_move_takes_back_who_was_linked_after_it(desk):
    desk.take({"Contacts": [update(contact(BOB, Company="Birch"), "Email Address", "Company")],
               "Rooms": [room("Barn", "personal room", "Birch")]})
    desk.take({"Hosts": [host(BOB, "Barn", "Birch")]})
    assert desk.links() == {(HALL, "ann", "true"), ("Barn", "bob", "")}
    desk.say("done", "2.1", "close.contact.attach", "--refused",
             "--rejected", desk.folder.parent / "refused.xlsx")
    assert desk.links() == LINKS


def test_a_room_that_is_given_is_a_room(desk):
    assert desk.take({"Hosts": [given(BOB, "Den")]}) == ([], [])
    [values] = [line for line, in desk.rows(
        "SELECT field_values FROM records WHERE sheet = 'rooms' AND state = 0")
        if "=Den" in line]
    assert values.split("\t") == ["company=Acme", "name=Den", "type=personal room", "status=demo"]
    assert desk.take({"Hosts": [given(CID, "Den")]})[0] == ["cell.taken"]
    assert desk.take({"Hosts": [host(CID, "Den")]})[0] == ["count.too_many"]
    assert desk.take({"Rooms": [update(room("Den", **{"Room Status": "paid subscriber"}),
                                       "Company", "Room Name", "Room Status")]})[0] == []


@pytest.mark.parametrize("said", [ACME, "Acme Ltd"])
def test_they_go_with_the_names(desk, said):
    """As `said`, with the company as it was exported or as it is called by then."""
    path = desk.folder.parent / "export.xlsx"
    desk.say("export", "close", "-o", path)
    book = openpyxl.load_workbook(path)
    for sheet in ("Companies", "Rooms", "Hosts"):
        columns = {cell.value: cell.column for cell in book[sheet][1]}
        if sheet == "Hosts":
            for title, value in host(BOB, company=said, **UNLINK).items():
                book[sheet].cell(2, columns[title]).value = value
        for row in book[sheet].iter_rows(min_row=2):
            for cell in row:
                if sheet == "Companies" and cell.value == ACME:
                    cell.value = "Acme Ltd"
                if sheet == "Rooms" and cell.value == NOOK:
                    cell.value = "Niche"
    book.save(path)
    assert desk.take_book(path, "out-renamed")[0] == []
    assert desk.links() == {(HALL, "ann", "true"), ("Niche", "bob", "")}
    assert desk.take({"Hosts": [host(CID, "Niche", "Acme Ltd")]})[0] == ["count.too_many"]
    desk.say("undo", "2.1", "--confirm", *TODAY)
    assert desk.links() == LINKS


@pytest.mark.parametrize("row, without, told", [
    (host(CID, **UNLINK), ([], ["link.unverified"]), (["record.unknown"], [])),
    (host(CID), ([], []), ([], [])),
    (host(CID, **OWNER), ([], []), (["count.too_many"], [])),
    (given(CID, "Den", **LEAVE), ([], ["link.unverified"]), (["record.unknown"], [])),
])
@pytest.mark.parametrize("has_links", [False, True])
def test_of_what_was_there_before_only_a_list_tells_all(tmp_path, row, without, told, has_links):
    desk = Desk(tmp_path / "desk")
    desk.adopt(MADE if has_links else MADE | {"Hosts": []})
    assert desk.take({"Hosts": [row]}) == (told if has_links else without)


def test_a_link_is_no_proof_that_there_is_no_other(tmp_path):
    desk = Desk(tmp_path / "desk")
    desk.adopt(MADE | {"Hosts": []})
    assert desk.take({"Hosts": [host(BOB)]}) == ([], [])
    assert desk.take({"Hosts": [host(CID, **UNLINK)]}) == ([], ["link.unverified"])
    assert desk.take({"Hosts": [host(BOB, **UNLINK)]}) == ([], [])
    assert desk.links() == set()


def test_a_new_room_needs_its_owner(desk):
    wrong, _ = desk.take({"Rooms": [room("Yard")], "Hosts": [host(BOB, "Yard", **GUEST)]})
    assert "count.too_few" in wrong
