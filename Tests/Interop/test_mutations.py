"""Each rule of each definition, taken out or made weaker, is missed by a case that breaks it.

`mutations.py` says what is taken out; `EQUIVALENT` what makes no difference, and why.
"""

import json

import pytest

from mutations import mutations
from portal_cases import Books, Case, cases, definition, portals_with

# Portal and name to the reason why no case can tell.
KEY = "a row with the key of another one is a duplicate anyway; the rule has better words"
CREATE = "`required` holds of rows that create, whatever else is said"
BLANK = "what asks a cell that is missing is not asked"
READ_ONLY = "what is read-only is left alone by all other rules"
LEAVES = "`leave` is forbidden beside any other action, and the row goes back"
ADDS = "a row that adds to what is deleted contradicts it, and goes back"
EQUIVALENT = {
    ("nexudus", "subaccounts#noRepeat"): KEY,
    ("dimensions", "roles#noRepeat"): KEY,
    ("dimensions", "roles#noRepeat no code"): KEY,
    ("studio", "directory domains needed"): "`import` alone asks for it: `test_outputs.py`",
    ("close", "hosts#countPerParent(3) no parentWhen"):
        "nobody owns a personal room: `owner` is forbidden there, and the row goes back",
    ("close", "hosts/personalRoom#absentFrom no when"):
        "`personalRoom` is forbidden beside any other action, and the row goes back",
    ("close", "hosts#countPerParent(6) when not without Give personal room"): ADDS,
    ("close", "hosts#countPerParent(7) when not without Give personal room"): ADDS,
    ("close", "hosts#countPerParent(9) when all not without Give personal room"): ADDS,
    ("dimensions", "customers/reference#required no when"): CREATE,
    ("dimensions", "customers/productType#allowedBy(3) no when"):
        "a customer that is created had no product type before",
    ("dimensions", "customers/trialEnd#forbidden when all any without field name changed …"):
        "only a ledger gives the ids by which a row renames",
    ("rainbow", "newCompanies/state#forbidden when all without field country filled …"): BLANK,
    ("rainbow", "newCompanies/status#forbidden no when"): READ_ONLY,
    ("rainbow", "existingCompanies/status#forbidden no when"): READ_ONLY,
} | {
    ("close", f"hosts#countPerParent{rule} when {path}not all without action Give personal room"):
        LEAVES
    for rule, path in (("", "all "), ("(2)", ""), ("(3)", "all "), ("(4)", "all "), ("(5)", "all "))
}

PORTALS = portals_with("cases.yaml")
CHANGED = {(portal, name): changed
           for portal in PORTALS for name, changed in mutations(definition(portal))}
# Workbooks that must not tell where no case can.
EQUIVALENT_MAX = 20
# `rowgate` takes no such definition.
USAGE = 64


class Bench:
    """Everything that the cases of one portal check, each workbook made once."""

    def __init__(self, portal, folder):
        self.portal, self.books = portal, Books(portal, "en", folder)
        self.templates = folder / "templates"
        (self.templates / portal).mkdir(parents=True)
        self.checks = []
        for number, case in enumerate(cases(portal)):
            self._add(f"{number}.xlsx", case, case["rows"], sorted(case["findings"]))
            if "fixed" in case:
                self._add(f"{number}-fixed.xlsx", case, case["rows"] | case["fixed"], [])

    def _add(self, name, case, rows, wanted):
        book = self.books.short(rows, name)
        self.checks.append(Check(Case(self.books, case), rows, book, wanted))

    def missed_by(self, name, changed, most=None):
        """What the first case that fails breaks, with this definition instead; none: `None`.

        At most so many workbooks are checked, those first that probably tell."""
        self._define(changed)
        sheet, _, field = name.partition(" ")[0].partition("#")[0].partition("/")
        nearest = sorted(
            self.checks, key=lambda check: check.nearness(sheet, field), reverse=True)
        for check in nearest[:most]:
            if not check.holds(self.templates):
                return check.case.case["breaks"]
        return None

    def _define(self, definition):
        path = self.templates / self.portal / "portal.yaml"
        path.write_text(json.dumps(definition, ensure_ascii=False), encoding="utf-8")


class Check:
    """One workbook of a case and what must be found in it."""

    def __init__(self, case, rows, book, wanted):
        self.case, self.rows, self.book, self.wanted = case, rows, book, wanted

    def nearness(self, sheet, field):
        """Higher for what probably tells that something of this column is missing."""
        mine = [row or {} for row in self.rows.get(sheet) or []]
        places = [place for place in self.wanted if place.startswith(f"{sheet} ")]
        column = self._column(sheet, field)
        return (any(place.split(" ")[1].startswith(column) for place in places) if column else 0,
                len(places) == 1, bool(places), any(field in row for row in mine), bool(mine))

    def _column(self, sheet, field):
        """The letter of a field's column; no definition has more than Z."""
        fields = self.case.books.names.sheets.get(sheet, {}).get("fields", [])
        return next((chr(ord("A") + i) for i, each in enumerate(fields) if each["id"] == field), "")

    def holds(self, templates):
        done = self.case.judged(self.book, templates)
        if not done.stdout:
            assert done.returncode == USAGE and "portal.yaml, " in done.stderr, done.stderr
            return False
        return self.case.told(json.loads(done.stdout))[0] == self.wanted


@pytest.fixture(scope="session")
def bench(tmp_path_factory):
    """Hands out the bench of a portal."""
    made = {}

    def of(portal):
        if portal not in made:
            made[portal] = Bench(portal, tmp_path_factory.mktemp(portal))
        return made[portal]

    return of


@pytest.mark.parametrize("portal, name", CHANGED)
def test_a_rule_that_is_not_there_is_missed(portal, name, bench):
    changed = CHANGED[portal, name]
    if (portal, name) in EQUIVALENT:
        missed = bench(portal).missed_by(name, changed, most=EQUIVALENT_MAX)
        assert missed is None, f"it makes a difference: {missed}"
    else:
        assert bench(portal).missed_by(name, changed), "no case tells the difference"
