"""Each thing that a definition does at its portal, taken out or made weaker, changes what comes of
a good workbook, as somebody has read it.

`mutations.py` says what is taken out; `EQUIVALENT` what makes no difference, and why.
"""

import json
import shutil

import pytest

from driver import FASTEST, run
from mutations import operation_mutations
from portal_cases import (
    FIXTURES, Books, Case, definition, good, good_names, portals_with, read_by_somebody)

# Portal and name to the reason why no good workbook can tell.
ONE_ACTION = "the sheet takes no other action"
LISTED = "what the list lacks and does not ask for its domain goes back: it takes no list to know"
EQUIVALENT = {
    ("close", "close.personal.unlink when all without action Give personal room"):
        "`leave` is forbidden beside any other action, and the row goes back",
    ("close", "close.personal.unlink not after close.host.link"):
        "no row links and gives a room at once, and the order of operations is this anyway",
    ("close", "rooms trial no begins"): "of rooms that are known, on a page: `test_waiting.py`",
    ("dimensions", "customers/country no emit"): "it says what holds without it",
    ("dimensions", "dimensions.role.remove not after dimensions.user.create"):
        "it takes a user whom only the workbook makes: `test_order.py`",
    ("studio", "studio.form.domain when all without field createDomain is …"): LISTED,
    ("studio", "studio.netsapiens.domain when all without field createDomain is …"): LISTED,
    ("studio", "studio.packages list portalForm when all without field package filled …"):
        "a row that updates has a package: nothing else may it change",
    ("rainbow", "rainbow.company.invite no interval"):
        "it takes a history to know: `test_intervals.py`",
} | {
    (portal, f"{portal}.{name}"): ONE_ACTION for portal, names in {
        "nexudus": [
            "customer.create no when", "support list when all without action Create",
            "manage list no when", "network.create no when", "subaccount.create no when",
            "invite no when"],
        "rainbow": [
            "search list when all without action Create", "company.create no when",
            "company.invite_administrator no when", "company.activated no when",
            "company.customize list no when", "company.invite no when",
            "company.associated no when"],
    }.items() for name in names
}

PORTALS = portals_with("good.yaml")
CHANGED = {(portal, name): changed
           for portal in PORTALS for name, changed in operation_mutations(definition(portal))}


class Bench:
    """The good workbooks of one portal, each made once."""

    def __init__(self, portal, folder):
        self.portal, self.folder = portal, folder
        books = Books(portal, "en", folder)
        (folder / "templates" / portal).mkdir(parents=True)
        self.goods = []
        for name in good_names(portal):
            case = Case(books, good(portal, name))
            self.goods.append((name, case, books.short(case.case["rows"], f"{name}.xlsx")))

    def is_told(self, changed):
        """Whether anything else comes of one of them with this definition instead, or `rowgate`
        takes no such definition."""
        path = self.folder / "templates" / self.portal / "portal.yaml"
        path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        return any(self._differs(*each) for each in self.goods)

    def _differs(self, name, case, book):
        outcome = self.folder / "outcome"
        shutil.rmtree(outcome, ignore_errors=True)
        arguments = case.arguments(self.folder / "templates")
        done = run("import", book, *arguments, "-o", outcome, binary=FASTEST)
        if not outcome.exists():
            assert "portal.yaml, " in done.stderr, done.stderr
            return True
        made = read_by_somebody(outcome, name, "en")
        return any(text != (FIXTURES / self.portal / file).read_text(encoding="utf-8")
                   for file, text in made.items())


@pytest.fixture(scope="session")
def bench(tmp_path_factory):
    """Hands out the bench of a portal."""
    made = {}

    def of(portal):
        if portal not in made:
            made[portal] = Bench(portal, tmp_path_factory.mktemp(portal))
        return made[portal]

    return of


@pytest.mark.parametrize("portal", PORTALS)
def test_the_definition_itself_gives_what_somebody_has_read(portal, bench):
    assert not bench(portal).is_told(definition(portal))


@pytest.mark.parametrize("portal, name", CHANGED)
def test_what_is_not_done_is_missed(portal, name, bench):
    told = bench(portal).is_told(CHANGED[portal, name])
    assert told == ((portal, name) not in EQUIVALENT), EQUIVALENT.get((portal, name), "no line")


def test_every_equivalent_one_is_tried():
    assert EQUIVALENT.keys() <= CHANGED.keys()
