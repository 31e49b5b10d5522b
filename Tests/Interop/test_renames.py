"""A rename by id carries along all that says the former name: in its own workbook, in what is known
from then on, and back again."""

import json

import openpyxl
import pytest

from driver import ROOT, TODAY, operations, run
from ledgers import filled

ANN, BOB = "ann@acme.example", "bob@acme.example"
CLOSE = {
    "Companies": [{"Company Name": "Acme", "Customer Status": "customer"},
                  {"Company Name": "Birch", "Customer Status": "customer"}],
    "Contacts": [{"Email Address": ANN, "First Name": "Ann", "Last Name": "Lee", "Company": "Acme"},
                 {"Email Address": BOB, "First Name": "Bob", "Last Name": "Ray", "Company": "Acme"}],
    "Rooms": [{"Company": "Acme", "Room Name": "Board", "Product Type": "team room",
               "Room Status": "demo"}],
    "Hosts": [{"Company": "Acme", "Room": "Board", "Host": ANN, "Owner": "Yes"}],
}
DIMENSIONS = {
    "Customers": [{"Name": "Old", "Product Type": "Premium", "Reference": "R1",
                   "Country": "GB"}],
    "Users": [{"Customer": "Old", "Display Name": "Ann Lee", "Email Address": ANN,
               "Primary User": "Yes"}],
    "PBX": [{"Customer": "Old", "PBX Template": "Standard hosted", "PBX Type": "3CX"}],
}


class Desk:
    """What somebody keeps of one portal, from a list of what is there on."""

    def __init__(self, portal, folder, known):
        self.portal, self.folder = portal, folder
        blank = ROOT / "Templates" / portal / f"{portal}.xlsx"
        self.adopted = self.edited({name: self.added(rows) for name, rows in known.items()}, blank)
        self("adopt", portal, self.adopted)

    def __call__(self, *command, code=0):
        done = run(*command, "--ledger", self.folder / "L")
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def export(self):
        path = self.folder / "export.xlsx"
        self("export", self.portal, "-o", path)
        return path

    def known(self, sheet, *titles):
        """What is known, as it is exported."""
        rows = list(openpyxl.load_workbook(self.export())[sheet].iter_rows(values_only=True))
        columns = [rows[0].index(title) for title in titles]
        return [tuple(row[column] for column in columns) for row in rows[1:]
                if row[columns[0]] is not None]

    def edited(self, edits, source=None):
        """A workbook of `source`, else of what is known, after edits of its sheets."""
        book = openpyxl.load_workbook(source or self.export())
        for name, edit in edits.items():
            edit(book[name])
        path = self.folder / f"edited-{len(list(self.folder.glob('edited-*')))}.xlsx"
        book.save(path)
        return path

    @staticmethod
    def added(rows):
        """Adds rows, by title of the column, below those that are there."""
        def edit(sheet):
            columns = {cell.value: cell.column for cell in sheet[1]}
            first = columns[next(iter(rows[0]))]
            at = 2
            while sheet.cell(at, first).value is not None:
                at += 1
            for at, row in enumerate(rows, at):
                for title, value in row.items():
                    sheet.cell(at, columns[title]).value = value
        return edit

    @staticmethod
    def replaced(old, new):
        """Puts a name in the place of another one, as "Replace all" does."""
        def edit(sheet):
            for row in sheet.iter_rows(min_row=2):
                for cell in row:
                    if cell.value == old:
                        cell.value = new
        return edit

    def upload(self, workbook, code=0):
        """The outcome of an import: errors, and operations as (name, key, what they wait for)."""
        folder = self.folder / f"out-{len(list(self.folder.glob('out-*')))}"
        self("import", workbook, "--portal", self.portal, *TODAY, "-o", folder, code=code)
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        errors = [(each["code"], f"{each['sheet']}!{each['cell']}") for each in report["findings"]
                  if each["severity"] == "error"]
        return errors, [
            (each["operation"].partition(".")[2], "/".join(each["key"]), each["data"],
             [name.partition(".")[2] for name in each["dependsOn"]])
            for each in operations(folder)]


@pytest.fixture
def close(tmp_path):
    return Desk("close", tmp_path, CLOSE)


@pytest.fixture
def dimensions(tmp_path):
    return Desk("dimensions", tmp_path, DIMENSIONS)


RENAMED = {"Companies": Desk.replaced("Acme", "Acme Ltd")}
NEW = {"Company": "Acme Ltd", "Room Name": "Attic", "Product Type": "personal room",
       "Room Status": "demo"}
UPDATE = ("company.update", "Acme", {"name": "Acme Ltd"}, [])


def test_what_belongs_to_a_renamed_company_is_known_by_its_new_name(close):
    assert close.upload(close.edited(RENAMED)) == ([], [UPDATE])
    close("done", "2.1")
    assert close.known("Companies", "Company Name") == [("Acme Ltd",), ("Birch",)]
    assert close.known("Contacts", "Email Address", "Company") == [
        (ANN, "Acme Ltd"), (BOB, "Acme Ltd")]
    assert close.known("Rooms", "Company", "Room Name") == [("Acme Ltd", "Board")]

    blank = ROOT / "Templates/close/close.xlsx"
    gone = close.edited({"Companies": Desk.added([
        {"Company Name": "Acme Ltd", "Action": "Delete"}])}, blank)
    errors, _ = close.upload(gone, code=1)
    assert {code for code, _ in errors} == {"count.too_many"}
    more = close.edited({
        "Rooms": Desk.added([{"Company": "Acme Ltd", "Room Name": "Board",
                              "Room Status": "paid subscriber", "Action": "Update"}]),
        "Hosts": Desk.added([{"Company": "Acme Ltd", "Room": "Board", "Host": BOB}])}, blank)
    assert close.upload(more) == ([], [
        ("room.update", "Acme Ltd/Board", {"status": "paid subscriber"}, []),
        ("host.link", f"Acme Ltd/Board/{BOB}",
         {"company": "Acme Ltd", "room": "Board", "contact": BOB},
         ["room.update/Acme%20Ltd/Board"])])


def test_the_name_may_be_replaced_in_all_the_workbook(close):
    everywhere = Desk.replaced("Acme", "Acme Ltd")
    edited = {name: everywhere for name in ("Companies", "Contacts", "Rooms")}
    assert close.upload(close.edited(edited)) == ([], [UPDATE])
    assert close.known("Rooms", "Company", "Room Name") == [("Acme Ltd", "Board")]


@pytest.mark.parametrize("company", ["Acme", "Acme Ltd"])
@pytest.mark.parametrize("room", ["Board", "Hall"])
def test_a_room_renamed_with_its_company_is_hosted_by_either_name(close, company, room):
    book = close.edited(RENAMED | {
        "Rooms": Desk.replaced("Board", "Hall"),
        "Hosts": Desk.added([{"Company": company, "Room": room, "Host": BOB}])})
    before = ["company.update/Acme", "room.update/Acme%20Ltd/Board"]
    errors, steps = close.upload(book)
    assert errors == [] and [(*step[:3], sorted(step[3])) for step in steps] == [
        UPDATE,
        ("room.update", "Acme Ltd/Board", {"name": "Hall"}, before[:1]),
        ("host.link", f"Acme Ltd/Hall/{BOB}",
         {"company": "Acme Ltd", "room": "Hall", "contact": BOB}, before)]


def test_who_is_unlinked_before_a_room_is_renamed_leaves_it_by_its_former_name(close):
    book = close.edited(RENAMED | {
        "Rooms": Desk.replaced("Board", "Hall"),
        "Hosts": Desk.added([
            {"Company": "Acme Ltd", "Room": "Hall", "Host": BOB, "Owner": "Yes"},
            {"Company": "Acme", "Room": "Hall", "Host": ANN, "Action": "Unlink"}])})
    errors, steps = close.upload(book)
    names = {step[0]: step for step in steps}
    assert errors == []
    assert names["host.unlink"][1:] == (
        f"Acme Ltd/Board/{ANN}", {"company": "Acme Ltd", "room": "Board", "contact": ANN},
        ["company.update/Acme"])
    assert sorted(names["room.update"][3]) == [
        "company.update/Acme", f"host.unlink/Acme%20Ltd/Board/{ANN.replace('@', '%40')}"]
    order = [step[0] for step in steps]
    assert order.index("company.update") < order.index("host.unlink") < order.index("room.update")


def test_a_rename_that_is_undone_gives_all_names_back(close):
    close.upload(close.edited(RENAMED | {"Rooms": Desk.added([NEW])}))
    close("undo", "2.1", "--confirm", *TODAY)
    assert close.known("Companies", "Company Name") == [("Acme",), ("Birch",)]
    assert close.known("Contacts", "Company") == [("Acme",), ("Acme",)]
    assert close.known("Rooms", "Company", "Room Name") == [("Acme", "Board")]


def test_a_rename_that_was_done_is_taken_back_at_the_portal(close):
    close.upload(close.edited(RENAMED))
    close("done", "2.1")
    close("undo", "2.1", "--confirm", "-o", close.folder / "undo", *TODAY)
    back = [(each["key"], each["data"]) for each in operations(close.folder / "undo")]
    assert back == [(["Acme Ltd"], {"name": "Acme"})]
    assert close.known("Rooms", "Company", "Room Name") == [("Acme", "Board")]


def test_a_rename_that_the_portal_refuses_gives_all_names_back(close):
    close.upload(close.edited(RENAMED | {"Rooms": Desk.added([NEW])}))
    close("done", "2.1", "1", "--refused", "--rejected", close.folder / "refused.xlsx")
    assert close.known("Contacts", "Company") == [("Acme",), ("Acme",)]
    assert close.known("Rooms", "Company", "Room Name") == [("Acme", "Board"), ("Acme", "Attic")]


def test_a_new_company_may_take_the_former_name(close):
    book = close.edited(RENAMED | {
        "Rooms": Desk.added([NEW | {"Company": "Acme"}])})
    book = close.edited({"Companies": Desk.added([
        {"Company Name": "Acme", "Customer Status": "prospect"}])}, book)
    errors, steps = close.upload(book)
    assert errors == []
    assert [(*step[:2], step[3]) for step in steps] == [
        ("company.update", "Acme", []), ("company.create", "Acme", ["company.update/Acme"]),
        ("room.create", "Acme/Attic", ["company.create/Acme"])]
    assert close.known("Rooms", "Company", "Room Name") == [
        ("Acme Ltd", "Board"), ("Acme", "Attic")]


def test_names_that_move_on_move_one_after_the_other(close):
    book = close.edited({
        "Companies": Desk.replaced("Acme", "Cedar"),
        "Rooms": Desk.added([NEW | {"Company": "Cedar"}])})
    book = close.edited({"Companies": Desk.replaced("Birch", "Acme")}, book)
    book = close.edited({"Companies": Desk.added([
        {"Company Name": "Birch", "Customer Status": "prospect"}])}, book)
    errors, steps = close.upload(book)
    assert errors == []
    assert [(*step[:2], step[3]) for step in steps] == [
        ("company.update", "Acme", []), ("company.update", "Birch", ["company.update/Acme"]),
        ("company.create", "Birch", ["company.update/Birch"]),
        ("room.create", "Cedar/Attic", ["company.update/Acme"])]


def test_names_that_are_swapped_are_told_on_both_rows(close):
    book = close.edited({"Companies": Desk.replaced("Acme", "Swap")})
    book = close.edited({"Companies": Desk.replaced("Birch", "Acme")}, book)
    book = close.edited({"Companies": Desk.replaced("Swap", "Birch")}, book)
    errors, _ = close.upload(book, code=1)
    assert [each for each in errors if each[0] == "cell.swapped"] == [
        ("cell.swapped", "Companies!A2"), ("cell.swapped", "Companies!A3")]


def test_a_name_is_not_taken_while_the_row_that_frees_it_is_sent_back(close):
    book = close.edited({"Companies": Desk.replaced("Acme", "Acme Ltd")})
    book = close.edited({"Companies": Desk.replaced("customer", "nonsense")}, book)
    book = close.edited({"Companies": Desk.added([
        {"Company Name": "Acme", "Customer Status": "prospect"}])}, book)
    errors, steps = close.upload(book, code=1)
    assert ("row.waits", "Companies!None") in errors and steps == []


def test_with_a_list_of_what_exists_it_is_the_same(close, tmp_path):
    existing = close.export().rename(tmp_path / "existing.xlsx")
    book = close.edited(RENAMED | {"Hosts": Desk.added([
        {"Company": "Acme", "Room": "Board", "Host": BOB}])}, existing)
    done = run("import", book, "--portal", "close", "--existing", existing, *TODAY,
               "-o", tmp_path / "without")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [(each["operation"], each["key"]) for each in operations(tmp_path / "without")] == [
        ("close.company.update", ["Acme"]), ("close.host.link", ["Acme Ltd", "Board", BOB])]


# Dimensions, whose steps for customers come last but for a rename.

ROLE = {"User": ANN, "Role": "Website User"}


@pytest.mark.parametrize("said", ["Old", "New Name"])
def test_users_and_connections_of_a_renamed_customer_are_found(dimensions, said):
    book = dimensions.edited({
        "Customers": Desk.replaced("Old", "New Name"),
        "Users": Desk.replaced("Old", said),
        "Roles": Desk.added([{"Customer": said} | ROLE])})
    errors, steps = dimensions.upload(book)
    assert errors == []
    assert [(step[:2], step[3]) for step in steps] == [
        (("customer.update", "Old"), []),
        (("role.assign", f"New Name/{ANN}/Website User"), ["customer.update/Old"])]
    dimensions("done", "2.1")
    assert dimensions.known("Users", "Customer") == [("New Name",)]
    assert dimensions.known("PBX", "Customer") == [("New Name",)]

    blank = ROOT / "Templates/dimensions/dimensions.xlsx"
    next_one = dimensions.edited({
        "PBX": Desk.added([{"Customer": "New Name", "Disabled": "Yes", "Action": "Update"}]),
        "Roles": Desk.added([{"Customer": "New Name", "User": ANN,
                              "Role": "User Administrator"}])}, blank)
    errors, steps = dimensions.upload(next_one)
    assert errors == []
    assert ("pbx.update", "New Name") in [step[:2] for step in steps]


# Of what an earlier upload is yet to make

MADE = {"Companies": [{"Company Name": "Ash", "Customer Status": "customer"},
                      {"Company Name": "Elm", "Customer Status": "customer"}]}


def test_a_rename_waits_for_what_makes_the_record_also_where_another_one_takes_its_name(close):
    blank = ROOT / "Templates/close/close.xlsx"
    close.upload(close.edited({name: Desk.added(rows) for name, rows in MADE.items()}, blank))
    book = close.edited({"Companies": Desk.replaced("Ash", "Fir")})
    book = close.edited({"Companies": Desk.replaced("Elm", "Ash")}, book)
    errors, steps = close.upload(book)
    assert errors == []
    assert [(*step[:2], step[3]) for step in steps] == [
        ("company.update", "Ash", ["company.create/Ash"]),
        ("company.update", "Elm", ["company.update/Ash", "company.create/Elm"])]


def test_nobody_waits_for_a_new_record_that_has_the_former_name(close):
    blank = ROOT / "Templates/close/close.xlsx"
    close.upload(close.edited({name: Desk.added(rows) for name, rows in MADE.items()}, blank))
    book = close.edited({
        "Companies": Desk.replaced("Ash", "Fir"),
        "Rooms": Desk.added([NEW | {"Company": "Fir"}])})
    book = close.edited({"Companies": Desk.added(MADE["Companies"][:1])}, book)
    errors, steps = close.upload(book)
    assert errors == []
    assert {step[:2]: step[3] for step in steps} == {
        ("company.update", "Ash"): [],
        ("company.create", "Ash"): ["company.update/Ash"],
        ("room.create", "Fir/Attic"): ["company.update/Ash"]}


def test_rooms_that_swap_names_are_told_at_their_names(close):
    room = {"Company": "Acme", "Product Type": "team room", "Room Status": "demo"}
    close.upload(close.edited({"Rooms": Desk.added([room | {"Room Name": "Hall"}])}))
    book = close.edited({"Rooms": Desk.replaced("Hall", "Swap")})
    book = close.edited({"Rooms": Desk.replaced("Board", "Hall")}, book)
    book = close.edited({"Rooms": Desk.replaced("Swap", "Board")}, book)
    errors, _ = close.upload(book, code=1)
    assert errors == [("cell.swapped", "Rooms!B2"), ("cell.swapped", "Rooms!B3")]


def test_a_step_says_what_is_there_before_it_is_done(close):
    close.upload(close.edited({"Contacts": Desk.replaced("Lee", "Lee-Hart")}))
    checklist = next(close.folder.glob("out-*/checklist.txt")).read_text(encoding="utf-8")
    assert "Last Name: Lee-Hart (was Lee)" in checklist


# Trials

TRIAL = {"Company": "Acme", "Room Name": "Den", "Product Type": "team room",
         "Room Status": "trial", "Trial End": "2026-12-20"}


def test_a_trial_that_becomes_paid_has_no_end_any_more(close):
    close.upload(close.edited({"Rooms": Desk.added([TRIAL])}))
    close.upload(close.edited({"Rooms": Desk.replaced("trial", "paid subscriber")}))
    rooms = ("Room Name", "Room Status", "Trial End")
    assert close.known("Rooms", *rooms) == [
        ("Board", "demo", None), ("Den", "paid subscriber", None)]
    assert close.upload(close.export()) == ([], [])
    close("undo", "3.1", "--confirm", *TODAY)
    assert [str(room[2])[:10] for room in close.known("Rooms", *rooms)] == ["None", "2026-12-20"]


# Hidden rows

def test_what_belongs_to_a_row_that_is_left_out_goes_back(tmp_path):
    book = filled("close", tmp_path / "hidden.xlsx", {
        "Companies": CLOSE["Companies"], "Contacts": CLOSE["Contacts"],
        "Rooms": CLOSE["Rooms"], "Hosts": CLOSE["Hosts"]})
    workbook = openpyxl.load_workbook(book)
    workbook["Companies"].row_dimensions[2].hidden = True
    workbook.save(book)
    done = run("import", book, "--hidden", "leave", *TODAY, "-o", tmp_path / "out")
    assert done.returncode == 1, done.stdout + done.stderr
    report = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    left_out = {f"{each['sheet']}!{each['cell']}": each["related"]
                for each in report["findings"] if each["code"] == "reference.left_out"}
    assert left_out == {place: ["Companies!A2"] for place in (
        "Contacts!D2", "Contacts!D3", "Rooms!A2")}
    assert [each["key"] for each in operations(tmp_path / "out")] == [["Birch"]]
