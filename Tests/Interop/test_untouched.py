"""What Rowgate remembers is right when it comes back: an export that nobody touched asks for
nothing, whatever was accepted before and however much later it is."""

import json

import pytest

from driver import run
from portal_cases import Books, Case, cases, good, good_names, portals_with

PORTALS = portals_with("cases.yaml")
LATER = "2027-01-05"


class Memory:
    """The ledger of one portal."""

    def __init__(self, portal, folder, arguments):
        self.portal, self.arguments = portal, arguments
        folder.mkdir()
        self.folder, self.count = folder, 0

    def take(self, book, *arguments):
        """The outcome of an upload; its folder lacks a report where it cannot be judged."""
        self.count += 1
        out = self.folder / f"{self.count}"
        run("import", book, *self.arguments, *arguments, "--hidden", "take",
            "--ledger", self.folder / "L", "-o", out)
        return out

    def export(self):
        path = self.folder / "export.xlsx"
        done = run("export", self.portal, *self.arguments, "--ledger", self.folder / "L",
                   "-o", path)
        return path if done.returncode == 0 else None

    def wrong(self):
        """What is wrong with an export, by now; nothing where none can be judged."""
        path = self.export()
        if path is None:
            return set()
        done = run("check", path, *self.arguments, "--today", LATER, "--format", "json",
                   "--ledger", self.folder / "L")
        return errors(json.loads(done.stdout)) if done.stdout else set()

    def is_untouched(self, before):
        """Whether there was an export, and nothing came of it but what was wrong before; where
        nothing is known, or a list is missing that is needed, nothing can be judged."""
        path = self.export()
        report = self.take(path, "--today", LATER) / "report.json" if path else None
        if report is None or not report.exists():
            return False
        told = json.loads(report.read_text(encoding="utf-8"))
        assert errors(told) - before == set() and list(report.parent.glob("batch-*")) == []
        counts = told["counts"]
        assert counts["accepted"] == 0 and (before or counts["unchanged"] == counts["rows"] > 0)
        return True


def errors(report):
    return {(each["sheet"], each["column"], each["found"], each["code"])
            for each in report["findings"] if each["severity"] == "error"}


def all_cases(portal):
    goods = [good(portal, name) | {"breaks": name} for name in good_names(portal)]
    return goods + cases(portal)


@pytest.mark.parametrize("portal", PORTALS)
def test_what_a_case_leaves_is_right(portal, tmp_path):
    books = Books(portal, "en", tmp_path)
    failed, judged = {}, 0
    for number, each in enumerate(all_cases(portal)):
        case = Case(books, {name: part for name, part in each.items() if name != "known"})
        memory = Memory(portal, tmp_path / f"{number}", case.arguments())
        if each.get("known"):
            known = books.known(each["known"])
            done = run("adopt", portal, known, "--ledger", memory.folder / "L")
            assert done.returncode == 0, done.stderr
        # What was there before Rowgate need not be right.
        before = memory.wrong() if each.get("known") else set()
        report = memory.take(books.short(each["rows"], "rows.xlsx")) / "report.json"
        # What was known before is the same in many cases.
        if not report.exists() or json.loads(report.read_bytes())["counts"]["accepted"] == 0:
            continue
        try:
            judged += memory.is_untouched(before)
        except AssertionError as error:
            failed[each["breaks"]] = str(error).splitlines()
    assert not failed, json.dumps(failed, indent=1)
    assert judged > len(all_cases(portal)) // 5
