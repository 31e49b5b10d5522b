"""Every row is counted once: a thousand workbooks made at random, and every fixture, against a
count of our own (`counter.py`).

A workbook depends on SEED and its number alone: `test_counts.py 17 book.xlsx` makes one again.
"""

import json
import os
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import openpyxl
import pytest
import xlsxwriter

from counter import (
    ACCEPTED, ALLOWED, REJECTED, REQUIRED, TITLES, UNCHANGED, UNSURE, Count, Customer, count,
    count_file, fates, trimmed)
from driver import DOMAINS, FASTEST, STUDIO, TODAY, assert_counted, check, run
from universal import SLOWNESS

SEED = 41
COUNT = 1_000 // SLOWNESS
PROCESSES_MAX = 2
# Every so many is imported too, its hidden rows taken and left.
IMPORTED_EVERY = 25
NAMES = [line.split(",")[0] for line in (STUDIO / "domains.csv").read_text().splitlines()[1:]]
PLATFORM = "Luminate Wholesale"
KNOWN = {
    name: {"name": name, "email": email, "firstName": first, "lastName": last, "reference": name,
           "platform": PLATFORM}
    for name, email, first, last in [
        ("alder.12345.service", "ann@alder.example", "Ann", "Lee"),
        ("ash.12345.service", "bob@ash.example", "Robert", "Nowak"),
        ("raven.12345.service", "ivy@raven.example", "Ivy", "Page")]}
OWN = ["Check", "Problems"]
NOTHING = ["", " ", "\t", "\u00a0", " \n "]
# Each with whether it is right in a column of text.
TEXTS = [("Ann", True), ("Bob", True), (" Ann ", True), ("\u00a0Lee\t", True), (12, True),
         ("x" * 100, True), ("x" * 101, False), (0.5, False), (True, False), ("A\nB", False),
         ("=A5", False), ("A\u200bnn", False)]
ADDRESSES = [("ann@", False), ("ann at acme.example", False), ("a@b.example; c@d.example", False),
             ("a@b@c.example", False), (7, False), ("a\u200bnn@acme.example", False),
             ("shared@firm.example", True), ("SHARED@Firm.example ", True),
             ("ann@alder.example", True), ("ann+tag@firm.example", True)]


class Formula(NamedTuple):
    """A formula with the value last saved, or without."""
    saved: str | None


class Made(NamedTuple):
    """A workbook, and what must come of it."""
    codes: set
    count: Count
    fates: list
    has_known: bool


class Maker:
    """Puts one workbook together."""

    def __init__(self, index):
        self.chance = random.Random(f"{SEED} {index}")
        self.with_openpyxl = index % 2 == 0
        self.grid, self.hidden, self.styled, self.customers = {}, set(), set(), []
        self.emails = 0
        self.has_known = self.chance.random() < 0.4
        self.lay_out()
        self.fill()

    def lay_out(self):
        """Notes, header and the columns of each field."""
        chance = self.chance
        self.codes = set()
        fields = list(TITLES)
        if chance.random() < 0.2:
            fields.remove(chance.choice(["reference", "package"]))
        titles = [(field, self.titled(chance.choice(TITLES[field]))) for field in fields]
        if chance.random() < 0.03:
            left_out = chance.choice(REQUIRED)
            titles = [each for each in titles if each[0] != left_out]
            self.codes.add("header.missing")
        if chance.random() < 0.03:
            field = chance.choice([field for field, _ in titles])
            titles.append((None, chance.choice(TITLES[field])))
            self.codes.add("header.duplicate")
        titles += [(None, title) for title in OWN if chance.random() < 0.15]
        titles += [(None, f"Notes {at}") for at in range(chance.randrange(3))]
        if chance.random() < 0.4:
            titles.append(("action", "Action"))
        if chance.random() < 0.5:
            chance.shuffle(titles)
        self.header = 1 + chance.choice([0, 0, 0, 1, 3, 19])
        for row in range(1, self.header):
            self.grid[row, chance.randrange(1, 4)] = f"Please fill in by Friday, {row}"
        self.columns, self.strays, column = {}, [], 0
        for field, title in titles:
            column += 1 + (chance.random() < 0.1)
            self.grid[self.header, column] = title
            if field:
                self.columns[field] = column
            else:
                self.strays.append(column)

    def titled(self, title):
        return self.chance.choice([
            title, title, title.upper(), f" {title} ", f"{title} *", f"{title} (optional)",
            title.replace(" ", "  ").lower()])

    def fill(self):
        row = self.header
        if self.chance.random() < 0.03:
            return
        for _ in range(self.chance.randrange(1, 14)):
            row += 1
            kind = self.chance.random()
            if kind < 0.08:
                row += self.chance.choice([0, 1, 5])
            elif kind < 0.14:
                self.put_blank(row)
            elif kind < 0.19:
                self.put_strays(row)
            else:
                self.put_customer(row)
            if self.chance.random() < 0.12:
                self.hidden.add(row)

    def put_blank(self, row):
        self.styled.add(row)
        for column in self.columns.values():
            self.grid[row, column] = self.chance.choice(NOTHING)

    def put_strays(self, row):
        """Text in columns that make no row."""
        own = [*self.strays, self.columns.get("action", 30)]
        self.grid[row, self.chance.choice(own)] = "Create"

    def put_customer(self, row):
        values, wrong = {}, set()
        for field, (value, is_right) in self.cells().items():
            if field not in self.columns:
                continue
            self.grid[row, self.columns[field]] = value
            if isinstance(value, Formula):
                value, is_right = value.saved or "", value.saved is not None
            values[field] = trimmed(value)
            if not is_right:
                wrong.add(field)
        if not any(trimmed(self.grid.get((row, self.columns[field]))) for field in values
                   if field != "action"):
            return
        action = values.pop("action", "")
        self.customers.append(Customer(values, frozenset(wrong), action))
        for column in self.strays:
            self.grid[row, column] = self.chance.choice(["", "007", "OK"])

    def cells(self):
        """Values by field, each with whether it is right by itself; most are."""
        chance = self.chance
        is_known = chance.random() < (0.2 if self.has_known else 0.02)
        name = chance.choice(list(KNOWN) if is_known else NAMES)
        self.emails += 1
        right = KNOWN[name] if is_known else {
            "name": name, "email": f"p{self.emails}@firm.example", "firstName": "Ann",
            "lastName": "Lee", "reference": chance.choice(["", name]), "platform": PLATFORM}
        cells = {field: (value, True) for field, value in right.items()}
        cells["package"] = chance.choice(["", "", "Free", "Professional"]), True
        cells["action"] = chance.choice(["", "", *ALLOWED, "Update"]), True
        for field in cells:
            if chance.random() < 0.06:
                cells[field] = self.other(field, name)
        return cells

    def other(self, field, name):
        """Another value of a field, and whether it is right by itself."""
        chance = self.chance
        if field == "action":
            return chance.choice(["Delete", "Banana"]), True
        if chance.random() < 0.3:
            return chance.choice(NOTHING), True
        if field in ("firstName", "lastName"):
            return chance.choice([*TEXTS, self.formula()])
        return chance.choice({
            "name": [(f" {name}\t", True), (name.upper(), True), ("nobody.12345.service", True),
                     ("Acme Ltd", False), (12345, True), (NAMES[0], True), ("a/b", False)],
            "email": ADDRESSES,
            "reference": [(NAMES[3], True), (name.upper(), True), (f"{name} ", True), (5, True)],
            "platform": [(PLATFORM.lower(), False), ("Other", False), (f"{PLATFORM} ", True)],
            "package": [("Free", True), (" Free", True)],
        }[field])

    def formula(self):
        """A formula, by the program that writes the workbook: openpyxl saves no value."""
        return Formula(None if self.with_openpyxl else "Ann"), True

    def made(self):
        if not self.customers:
            self.codes.add("sheet.no_rows")
        known = KNOWN if self.has_known else None
        return Made(
            self.codes, count(self.grid, self.hidden), fates(self.customers, NAMES, known),
            self.has_known)

    def write(self, path):
        titles = self.chance.choice([["Customers"], ["Kunden"], ["Customers", "Other"], ["Any"]])
        (self.write_with_openpyxl if self.with_openpyxl else self.write_with_xlsxwriter)(
            path, titles)

    def write_with_openpyxl(self, path, titles):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = titles[0]
        for (row, column), value in self.grid.items():
            cell = sheet.cell(row, column)
            if isinstance(value, Formula):
                cell.value = "=B2"
            else:
                cell.value = value if value != "" else None
                if isinstance(value, str) and value:
                    cell.data_type = "s"
        for row in self.hidden:
            sheet.row_dimensions[row].hidden = True
        for row in self.styled:
            sheet.cell(row, 40).number_format = "0.00"
        for title in titles[1:]:
            book.create_sheet(title)["B3"] = "something else"
        book.save(path)

    def write_with_xlsxwriter(self, path, titles):
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet(titles[0])
            style = book.add_format({"num_format": "0.00"})
            for (row, column), value in self.grid.items():
                at = row - 1, column - 1
                if isinstance(value, Formula):
                    sheet.write_formula(*at, "=B2", None, value.saved)
                elif isinstance(value, bool):
                    sheet.write_boolean(*at, value)
                elif isinstance(value, str):
                    sheet.write_string(*at, value, style if row in self.styled else None)
                else:
                    sheet.write_number(*at, value)
            for row in self.hidden:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for title in titles[1:]:
                book.add_worksheet(title).write_string(2, 1, "something else")


def differences(folder, numbers):
    """Makes and judges workbooks; what differs from the count, by file."""
    found = []
    for index in numbers:
        maker, path = Maker(index), folder / f"book-{SEED}-{index}.xlsx"
        maker.write(path)
        made = maker.made()
        wrong = difference(path, made)
        if not wrong and index % IMPORTED_EVERY == 0 and not made.codes:
            wrong = import_difference(path, made)
        if wrong:
            found.append(f"seed {SEED}, {path}: {wrong}")
        else:
            path.unlink()
    return found


def arguments(made):
    existing = ("--existing", STUDIO / "existing.csv") if made.has_known else ()
    return ["--portal", "studio", *DOMAINS, *TODAY, *existing]


def difference(path, made):
    done = run("check", path, *arguments(made), "--format", "json", binary=FASTEST)
    if not done.stdout:
        return f"exit {done.returncode}: {done.stderr}"
    report = json.loads(done.stdout)
    counts = report["counts"]
    if made.codes:
        codes = {each["code"] for each in report["findings"] if each["severity"] == "error"}
        is_refused = done.returncode == 2 and not any(counts.values())
        return "" if is_refused and made.codes <= codes else f"{codes} and not {made.codes}"
    if uncounted := unequal(counts):
        return uncounted
    if Count(*(counts[name] for name in Count._fields)) != made.count:
        return f"{counts} and not {made.count}"
    if done.returncode != (1 if counts["rejected"] else 0):
        return f"exit {done.returncode}"
    unsure = made.fates.count(UNSURE)
    for fate in (ACCEPTED, REJECTED, UNCHANGED):
        if not 0 <= counts[fate] - made.fates.count(fate) <= unsure:
            return f"{counts} and not {made.fates}"
    return ""


def unequal(counts):
    parts = ("accepted", "rejected", "unchanged", "leftOut", "blank")
    return "" if counts["rows"] == sum(counts[part] for part in parts) else f"{counts}"


def import_difference(path, made):
    for answer in ("take", "leave"):
        folder = path.with_suffix(f".{answer}")
        run("import", path, *arguments(made), "--hidden", answer, "-o", folder, binary=FASTEST)
        counts = json.loads((folder / "report.json").read_text(encoding="utf-8"))["counts"]
        left_out = made.count.hidden if answer == "leave" else 0
        if unequal(counts) or counts["leftOut"] != left_out:
            return f"{answer}: {counts}"
        if Count(*(counts[name] for name in Count._fields)) != made.count:
            return f"{answer}: {counts} and not {made.count}"
    return ""


def test_every_row_of_a_thousand_workbooks_is_counted_once(tmp_path):
    processes = min(PROCESSES_MAX, os.cpu_count())
    with ProcessPoolExecutor(processes) as pool:
        parts = [pool.submit(differences, tmp_path, range(first, COUNT, 2 * processes))
                 for first in range(2 * processes)]
        assert [each for part in parts for each in part.result()] == []


def test_the_workbooks_have_what_there_is_to_count():
    """The thousand hold every fate, blank and hidden rows, and files that can't be judged."""
    every = [Maker(index).made() for index in range(COUNT)]
    of_rows = [fate for made in every if not made.codes for fate in made.fates]
    for fate in (ACCEPTED, REJECTED, UNCHANGED):
        assert of_rows.count(fate) >= COUNT // 20, fate
    assert of_rows.count(UNSURE) <= len(of_rows) // 20
    for code in ("header.missing", "header.duplicate", "sheet.no_rows"):
        assert sum(made.codes == {code} for made in every) >= COUNT // 100, code
    for name in ("blank", "hidden"):
        assert sum(getattr(made.count, name) > 0 for made in every) >= COUNT // 10, name


@pytest.mark.parametrize("path", sorted(STUDIO.glob("*.xlsx")), ids=lambda path: path.stem)
@pytest.mark.parametrize("known", [(), ("--existing", STUDIO / "existing.csv")],
                         ids=["alone", "with known customers"])
def test_every_row_of_a_fixture_is_counted_once(path, known):
    status, report = check(path, "--portal", "studio", *known)
    assert_counted(report)
    counts = report["counts"]
    found = Count(*(counts[name] for name in Count._fields))
    assert found == (Count(0, 0, 0) if status == 2 else count_file(path)), path.name
    if status != 2:
        rows = {each["row"] for each in report["findings"] if each["severity"] == "error"}
        assert counts["rejected"] == len(rows - {None})


if __name__ == "__main__":
    made = Maker(int(sys.argv[1]))
    made.write(sys.argv[2])
    print(made.made())
