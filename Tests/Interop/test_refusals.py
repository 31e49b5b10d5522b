"""What a portal refuses takes all with it that rests on it, and brings it back."""

import pytest

from driver import run
from ledgers import Ledger
from portal_cases import Books, Case, good, portals_with

PORTALS = portals_with("good.yaml")
STEPS = """SELECT number, sequence, operations.name, state, note FROM operations
    JOIN attempts ON attempts.id = operations.attempt ORDER BY 1, 2"""
RECORDS = """SELECT uid, sheet, state, field_values, changed, changed_row FROM records ORDER BY uid"""
LOOKUPS = "SELECT sheet, name, value, record FROM lookups ORDER BY 1, 2, 3, 4"
CHANGES = """SELECT records.uid, changes.attempt, changes.row, kind, changes.field_values
    FROM changes JOIN records ON records.id = changes.record WHERE changes.state = 0 ORDER BY 1, 2, 3"""

FLAGS = {0: "--ready", 1: "--handed-over", 4: "--unknown"}


class Desk(Ledger):
    """A ledger of one portal that knows what its good workbook says is known."""

    def __init__(self, folder, books, portal):
        self.case, self.books, self.count = Case(books, good(portal)), books, 0
        arguments = self.case.arguments()
        at = arguments.index("--existing")
        super().__init__(folder, (*arguments[:at], *arguments[at + 2:]))
        # Lists are handed in with workbooks alone.
        pairs = zip(self.lists[::2], self.lists[1::2])
        self.options = [each for pair in pairs if pair[0] != "--list" for each in pair]
        self.say("adopt", portal, arguments[at + 1])

    def command(self, name, workbook, *arguments):
        return (name, workbook, *self.lists, "--ledger", self.path, *arguments)

    def take(self, rows):
        self.count += 1
        done = self.upload(self.books.short(rows, "rows.xlsx"), f"out-{self.count}")
        assert done.returncode in (0, 1), done.stderr

    def say(self, name, *arguments, code=0):
        done = run(name, *arguments, *self.options, "--ledger", self.path)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def done(self, upload, *arguments):
        self.say("done", upload, *map(str, arguments),
                 "--rejected", self.folder.parent / "refused.xlsx")

    def known(self):
        """All that is known, and how far everything is."""
        return {sql: self.rows(sql) for sql in (STEPS, RECORDS, LOOKUPS, CHANGES)}

    def first_steps(self):
        """The first step of each row of the first upload, and how far it is."""
        return self.rows("SELECT min(sequence), state FROM operations "
                         "WHERE attempt = (SELECT min(attempt) FROM operations) AND sheet <> '' "
                         "GROUP BY sheet, row ORDER BY 1")


@pytest.fixture(params=["at once", "one after the other"])
def desk(request, portal, tmp_path):
    desk = Desk(tmp_path / "desk", Books(portal, "en", tmp_path), portal)
    rows = good(portal)["rows"]
    if request.param == "at once":
        desk.take(rows)
    else:
        # A customer may not be without what the second sheet has.
        first, second, *others = rows
        for sheets in [(first, second), *((other,) for other in others)]:
            desk.take({sheet: rows[sheet] for sheet in sheets})
    return desk


@pytest.mark.parametrize("portal", PORTALS)
def test_a_refusal_that_is_taken_back_brings_back_all_that_went_with_it(desk):
    steps = desk.rows("SELECT number, sequence, sheet FROM operations JOIN attempts "
                      "ON attempts.id = operations.attempt WHERE sheet <> ''")
    # Somebody is at some of what rests on the customers, and of some nobody can tell.
    for at, (number, sequence, sheet) in enumerate(steps[len(steps) // 2:]):
        if at % 3:
            desk.done(f"{number}.1", sequence, "--handed-over" if at % 3 == 1 else "--unknown")
    before = desk.known()
    fallen = 0
    [(first,)] = desk.rows("SELECT min(number) FROM attempts WHERE kind = 'upload'")
    for sequence, state in desk.first_steps():
        desk.done(f"{first}.1", sequence, "--refused", "--note", "Name in use")
        fallen += len(desk.rows("SELECT 1 FROM operations WHERE state = 3")) > 1
        desk.done(f"{first}.1", sequence, FLAGS[state])
        after = desk.known()
        for sql, rows in before.items():
            assert after[sql] == rows, f"step {sequence}"
    assert fallen, "nothing rests on anything"


@pytest.mark.parametrize("portal", PORTALS)
def test_of_uploads_that_are_taken_back_before_anybody_saw_to_them_nothing_is_left_to_do(desk):
    for (number,) in desk.rows("SELECT number FROM attempts WHERE kind = 'upload' "
                               "ORDER BY number DESC"):
        told = desk.say("undo", f"{number}.1", "--lang", "en").splitlines()
        assert told and all("it is called off" in line for line in told), told
        desk.say("undo", f"{number}.1", "--confirm", "--lang", "en")
    assert desk.rows("SELECT name, state FROM operations WHERE state <> 6") == []
