"""A month of a reseller with the ledger: adopted, uploaded, fixed, refused, done again, exported,
edited, deleted, taken back, compared. Numbers, effects and the audit are exact at every step."""

import collections
import json
import sqlite3

import pytest
from openpyxl import Workbook, load_workbook

from driver import BINARY, operations, run

TODAY = ("--today", "2026-03-02")
HEADERS = [
    "Company Name", "Email Address", "First Name", "Last Name", "Customer Billing Reference",
    "Platform"]


def company(number, **changed):
    """A row that nothing is wrong with."""
    row = {
        "Company Name": f"firm{number:03}.12345.service", "Email Address": f"ann@firm{number:03}.example",
        "First Name": "Ann", "Last Name": "Lee",
        "Customer Billing Reference": f"firm{number:03}.12345.service",
        "Platform": "Luminate Wholesale"}
    return row | changed


def write(path, rows, sheet="Customers"):
    book = Workbook()
    book.active.title = sheet
    headers = list(rows[0])
    book.active.append(headers)
    for row in rows:
        book.active.append([row.get(header) for header in headers])
    book.save(path)
    return path


class Desk:
    """Everything done with one ledger, in one folder."""

    def __init__(self, folder):
        self.folder, self.ledger = folder, folder / "rowgate.db"

    def __call__(self, *arguments, status=0):
        done = run(*arguments, "--ledger", self.ledger, "--by", "ann", cwd=self.folder)
        assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
        return done

    def take(self, workbook, name, *arguments, status=0):
        """An import; its report, manifest and operations."""
        folder = self.folder / name
        self("import", workbook, *TODAY, "-o", folder, *arguments, status=status)
        return (
            json.loads((folder / "report.json").read_text()),
            json.loads((folder / "manifest.json").read_text()), operations(folder))

    def steps(self, upload):
        """How many steps of an upload are in each state."""
        lines = self("history", upload).stdout.splitlines()
        return collections.Counter(line.split("\t")[1] for line in lines)

    def audit(self):
        """What was done, to what, with which numbers."""
        lines = self("history", "--audit").stdout.splitlines()
        return [tuple(line.split("\t")[3:6]) for line in lines]

    def known(self):
        """How many customers are known."""
        with sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True) as ledger:
            return ledger.execute("SELECT count(*) FROM records WHERE state = 0").fetchone()[0]


def counts(report):
    return {name: count for name, count in report["counts"].items() if count}


def test_a_month_of_a_reseller_adds_up(tmp_path):
    desk = Desk(tmp_path)
    names = tmp_path / "domains.txt"
    names.write_text("".join(f"firm{number:03}.12345.service\n" for number in range(450)))

    # What is there already: 150 companies, and the list of names.
    desk("directory", "load", "studio", names)
    desk("adopt", "studio", write(tmp_path / "there.xlsx", [company(n) for n in range(150)]))
    assert desk.known() == 150

    # 300 rows, 40 of them known, 12 wrong.
    rows = [company(number) for number in range(110, 410)]
    for row in rows[40:46]:
        row["Platform"] = None
    for row in rows[46:50]:
        row["Email Address"] = "ann(at)example"
    for row in rows[50:52]:
        row["Email Address"] = "ann@firm000.example"
    first = write(tmp_path / "march.xlsx", rows)
    report, manifest, steps = desk.take(first, "march", status=1)
    assert counts(report) == {"rows": 300, "accepted": 248, "rejected": 12, "unchanged": 40}
    assert manifest["effects"]["added"] == 248
    taken = [found for found in report["findings"] if found["code"] == "email.taken"]
    assert len(taken) == 2 and "#1.1 there.xlsx" in taken[0]["message"], taken
    unchanged = [found for found in report["findings"] if found["code"] == "record.unchanged"]
    assert sum(found["relatedCount"] or 1 for found in unchanged) == 40, unchanged
    assert desk.known() == 398
    assert desk.steps("2") == {"ready": len(steps)}

    # The rejected workbook, fixed.
    book = load_workbook(tmp_path / "march/rejected.xlsx")
    sheet = book["Customers"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        name = sheet.cell(row, columns["Company Name"]).value
        if not name:
            continue
        sheet.cell(row, columns["Platform"]).value = "Luminate Wholesale"
        sheet.cell(row, columns["Email Address"]).value = f"ann@{name.split('.')[0]}.example"
    book.save(tmp_path / "fixed.xlsx")
    done = desk("import", tmp_path / "fixed.xlsx", *TODAY, "-o", tmp_path / "fixed")
    assert "Remembered as upload 2.2." in done.stderr
    assert "Since 2.1: 12 rows fixed, 0 still wrong, 0 newly wrong" in done.stderr, done.stderr
    assert desk.known() == 410

    # The same workbook again changes nothing, and says where it went.
    report, _, steps = desk.take(first, "again", status=1)
    assert steps == [] and counts(report)["unchanged"] == 288
    assert desk.known() == 410

    # The portal refuses one, takes the others.
    lines = desk("history", "2.1").stdout.splitlines()
    refused = next(line.split("\t")[3] for line in lines if "firm200" in line)
    done = desk("done", "2.1", refused, "--refused", "--note", "Name already in use",
                "--rejected", tmp_path / "refused.xlsx")
    assert "1 rows come back" in done.stderr, done.stderr
    assert desk.known() == 409
    desk("done", "2.1")
    assert desk.steps("2.1") == {"refused": 1, "done": len(lines) - 1}

    # That one is issued again, from the workbook that came back.
    report, manifest, steps = desk.take(tmp_path / "refused.xlsx", "issued")
    assert counts(report) == {"rows": 1, "accepted": 1}
    assert manifest["effects"]["added"] == 1
    assert any("firm200" in step["id"] for step in steps)
    assert desk.known() == 410
    codes = [found["code"] for found in report["findings"]]
    assert "portal.refused" not in codes

    # Exported, five edited.
    desk("export", "studio", "-o", tmp_path / "customers.xlsx")
    book = load_workbook(tmp_path / "customers.xlsx")
    sheet = book["Customers"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    edited = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value][:5]
    for row in edited:
        sheet.cell(row, columns["First Name"]).value = "Zoe"
    book.save(tmp_path / "edited.xlsx")
    report, manifest, steps = desk.take(tmp_path / "edited.xlsx", "edited")
    assert counts(report) == {"rows": 410, "accepted": 5, "unchanged": 405}
    assert manifest["effects"]["updated"] == 5
    assert all(step["data"].get("firstName") == "Zoe" for step in steps if step["source"]), steps
    last = desk("history").stdout.splitlines()[0].split("\t")[0]

    # Half of those are done; then all five are taken back.
    rows_of_edits = [line.split("\t") for line in desk("history", last).stdout.splitlines()]
    for step in rows_of_edits[:2]:
        desk("done", last, step[0])
    told = desk("undo", last).stdout
    assert told.count("called off") == 3 and told.count("gets back") == 2, told
    desk("undo", last, "--confirm", "-o", tmp_path / "undo", *TODAY)
    back = [step for step in operations(tmp_path / "undo") if step["source"]]
    assert [step["data"]["firstName"] for step in back] == ["Ann", "Ann"]
    report, _, _ = desk.take(tmp_path / "customers.xlsx", "as-it-was")
    assert counts(report) == {"rows": 410, "unchanged": 410}

    # At Close one is deleted; called off, and deleted again; the portal's own list says it is gone.
    firms = [{"Company Name": f"Firm {n}", "Customer Status": "Customer"} for n in range(3)]
    desk("adopt", "close", write(tmp_path / "close.xlsx", firms, "Companies"))
    deletion = write(
        tmp_path / "delete.xlsx", [
            {"Company Name": "Firm 2", "Customer Status": None, "Action": "Delete"}], "Companies")
    for name in ("delete", "delete-again"):
        _, manifest, steps = desk.take(deletion, name)
        assert manifest["effects"]["deleted"] == 1 and len(steps) == 1
        last = desk("history").stdout.splitlines()[0].split("\t")[0]
        if name == "delete":
            assert "called off" in desk("undo", last, "--confirm").stdout
    desk("done", last, "--list", write(tmp_path / "list.xlsx", firms[:2], "Companies"))
    assert desk.steps(last) == {"done": 1}
    assert desk.known() == 412

    # What Studio itself lists lacks one, and has one that nobody knows; it is billed, too.
    listed = [company(number) for number in range(410) if number != 77] + [company(900)]
    invoice = [
        {"Company Name": row["Company Name"], "Package": "Gold", "Amount": "12.50"}
        for row in listed[-1:]]
    told = desk(
        "compare", "studio", "--portal-list", write(tmp_path / "listed.xlsx", listed),
        "--invoice", write(tmp_path / "invoice.xlsx", invoice), "-o", tmp_path / "compare.xlsx",
        status=1)
    sheet = load_workbook(tmp_path / "compare.xlsx").worksheets[0]
    rows = [[cell for cell in row if cell not in (None, "")] for row in sheet.values]
    text = "\n".join(" | ".join(map(str, row)) for row in rows)
    assert "43 differences" in told.stdout, told.stdout
    assert text.count("has no customer of this name") == 40, text
    assert text.count("firm900") >= 1 and "12.5" in text.splitlines()[-1], text
    assert text.count("does not have it") == 1 and "firm077" in text, text

    audit = desk.audit()
    assert [entry[0] for entry in audit] == [
        "load", "adopt", "accept", "accept", "accept", "done", "done", "accept", "accept", "done",
        "done", "accept", "undo", "accept", "adopt", "accept", "undo", "accept", "done"]
    assert not any("@" in part for entry in audit for part in entry)
