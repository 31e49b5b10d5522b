"""A portal's own list against domains, known customers and an invoice: what differs, in what order,
what it costs together, and where it stands."""

import csv
from collections import Counter

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from driver import FASTEST, run
from portal_cases import LANGUAGES, TEMPLATES, Language, definition

PACKAGES = {"packages": [
    {"name": "Free", "paid": False},
    {"name": "Silver", "paid": True, "price": "5.25", "currency": "EUR", "per": "month"},
    {"name": "Gold", "paid": True, "price": "9.50", "currency": "EUR", "per": "month"},
    {"name": "Platinum", "paid": True, "price": None, "currency": "EUR", "per": "month"}]}
LUMINATE = "Luminate Wholesale"
LIST = [
    ("acme", "acme", LUMINATE, "Gold"),          # Free was ordered, and more is billed
    ("Birch", "Birch", LUMINATE, "Gold"),        # the domain is birch
    ("ghost", "ghost", LUMINATE, "Platinum"),    # there is no such domain
    ("cedar", "Cedar Ltd", "Luminate Retail", "Silver"),
    ("elm", "elm", LUMINATE, "Free"),
    ("odd", "odd", LUMINATE, "Platinum"),        # billed, and nobody knows it
    ("fine", "fine", LUMINATE, "Silver"),
]
DOMAINS = ["acme", "birch", "cedar", "elm", "fir", "fine", "gorse", "odd"]
KNOWN = [("acme", "Free"), ("Birch", "Gold"), ("ghost", "Platinum"), ("cedar", "Silver"),
         ("elm", ""), ("gorse", "Gold"), ("fine", "silver")]
INVOICE = [("acme", "Gold", "19,00 €"), ("acme", "Add-on", "1,50 €"), ("nobody", "Gold", "9,50"),
           ("odd", "Platinum", ""), ("elm", "Free", "0.00"), ("fine", "Silver", "5.25")]
# Kind by a word of it, whose name, price, and where it stands.
DIFFERENCES = [
    ("was ordered", "acme", 20.5, "list.xlsx, A2"),
    ("case or spaces", "Birch", 9.5, "list.xlsx, A3"),
    ("is billed, but", "nobody", 9.5, "invoice.csv, A4"),
    ("must be cedar.", "cedar", 5.25, "list.xlsx, A5"),
    ("must be one of", "cedar", 5.25, "list.xlsx, A5"),
    ("may be paying for a customer that doesn't exist", "ghost", "price not known",
     "list.xlsx, A4"),
    ("nobody here knows it", "odd", "price not known", "invoice.csv, A5"),
    ("does not have it", "gorse", None, "existing.csv, A7"),
    ("has no customer of this name", None, None, "domains.txt, A5"),
]


def book(path, header, rows):
    workbook = Workbook()
    for row in [header, *rows]:
        workbook.active.append(row)
    workbook.save(path)
    return path


def table(path, header, rows, delimiter=","):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


@pytest.fixture
def handed_in(tmp_path):
    """The options that hand everything in."""
    settings = tmp_path / "settings.yaml"
    settings.write_text(yaml.safe_dump(PACKAGES), encoding="utf-8")
    (tmp_path / "domains.txt").write_text("\n".join(DOMAINS), encoding="utf-8")
    return [
        "--portal-list", book(
            tmp_path / "list.xlsx", ["Company", "Customer Reference", "Platform", "Package"], LIST),
        "--domains", tmp_path / "domains.txt", "--settings", settings,
        "--existing", table(tmp_path / "existing.csv", ["Company Name", "Package"], KNOWN),
        "--invoice", table(
            tmp_path / "invoice.csv", ["Customer", "Product", "Amount"], INVOICE, ";"),
        "-o", tmp_path / "compare.xlsx"]


def rows_of(path, number=0):
    return list(load_workbook(path).worksheets[number].iter_rows(min_row=2, values_only=True))


def test_every_difference_is_told_once_the_most_expensive_first(handed_in, tmp_path):
    done = run("compare", "studio", *handed_in)
    assert done.returncode == 1, done.stderr
    rows = rows_of(tmp_path / "compare.xlsx")
    assert len(rows) == len(DIFFERENCES) + 2
    for row, (words, name, price, place) in zip(rows, DIFFERENCES):
        assert words in row[0] and (row[2], row[6], row[8]) == (name, price, place), row
        assert row[1]
    assert rows[-2][0] == "2 customers whose price is not known"
    assert rows[-1][6:8] == (44.75, "EUR a month")


def test_what_is_said_counts_the_same(handed_in, tmp_path):
    done = run("compare", "studio", *handed_in)
    lines = done.stdout.splitlines()
    assert lines[0] == "9 differences"
    assert "Together, each customer once: 44.75 EUR a month" in lines
    counts = {line.rpartition(": ")[0].strip(): int(line.rpartition(": ")[2])
              for line in lines[1:] if line.startswith("  ")}
    summary = {row[0]: row[1] for row in rows_of(tmp_path / "compare.xlsx", 1) if row[1]}
    assert counts == summary and sum(counts.values()) == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_differs(tmp_path, language):
    (tmp_path / "domains.txt").write_text("acme\n", encoding="utf-8")
    names = Language("studio", language)
    titles = [names.title("customers", field) for field in ("name", "reference", "platform")]
    path = table(tmp_path / "list.csv", titles, [("acme", "acme", LUMINATE)])
    done = run("compare", "studio", "--portal-list", path, "--domains", tmp_path / "domains.txt",
               "--existing", path, "--lang", language, "-o", tmp_path / "x.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 1 and rows_of(tmp_path / "x.xlsx") == []


def test_it_speaks_german(handed_in, tmp_path):
    run("compare", "studio", *handed_in, "--lang", "de")
    workbook = load_workbook(tmp_path / "compare.xlsx")
    assert workbook.sheetnames == ["Unterschiede", "Zusammenfassung"]
    assert rows_of(tmp_path / "compare.xlsx")[-1][7] == "EUR im Monat"


@pytest.mark.parametrize("portal", sorted(path.parent.name for path in TEMPLATES.glob("*/*.yaml")))
def test_every_portal_has_a_list(portal, tmp_path):
    whole = definition(portal)
    sheet = next(each for each in whole["sheets"] if each["id"] == whole["compare"]["sheet"])
    names = Language(portal, "en")
    first, second = (names.title(sheet["id"], field["id"]) for field in sheet["fields"][:2])
    listed = table(tmp_path / "list.csv", [first, second], [("Acme", ""), ("Birch", "")])
    known = table(tmp_path / "known.csv", [first, second], [("ACME", ""), ("Cedar", "")])
    invoice = table(tmp_path / "invoice.csv", ["Customer", "Amount"], [
        ("Acme", "3"), ("Birch", "4"), ("Dune", "1.00")])
    done = run("compare", portal, "--portal-list", listed, "--existing", known,
               "--invoice", invoice, "-o", tmp_path / "x.xlsx")
    assert done.returncode == 1, done.stderr
    told = Counter((row[2], row[6]) for row in rows_of(tmp_path / "x.xlsx") if row[2])
    assert {("Birch", 4), ("Dune", 1), ("Cedar", None)} <= set(told), told


@pytest.mark.parametrize("arguments", [
    ("nobody", "--portal-list", "list.csv", "-o", "x.xlsx"),
    ("studio", "-o", "x.xlsx"), ("studio", "--portal-list", "list.csv"),
    ("studio", "--portal-list", "nothing.csv", "-o", "x.xlsx"),
    ("studio", "--portal-list", "-", "--invoice", "-", "-o", "x.xlsx"),
    ("shed", "--templates", TEMPLATES.parent / "Tests/Interop/made-up",
     "--portal-list", "list.csv", "-o", "x.xlsx")])
def test_called_wrongly_it_writes_nothing(tmp_path, arguments):
    table(tmp_path / "list.csv", ["Company Name", "Package"], [("acme", "Gold")])
    assert run("compare", *arguments, cwd=tmp_path).returncode == 64
    assert not (tmp_path / "x.xlsx").exists()


def test_no_value_becomes_a_formula(tmp_path):
    listed = table(tmp_path / "list.csv", ["Company Name", "Customer Billing Reference"], [
        ("=1+1", "@SUM(A1)")])
    run("compare", "studio", "--portal-list", listed, "-o", tmp_path / "x.xlsx")
    row = next(load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows(min_row=2))
    assert row[2].value == "=1+1" and {cell.data_type for cell in row} <= {"s", "n"}


def test_a_hundred_thousand_are_compared(tmp_path):
    names = [f"name{number}.12345.service" for number in range(100_000)]
    (tmp_path / "domains.txt").write_text("\n".join(names[1:]), encoding="utf-8")
    listed = table(tmp_path / "list.csv", ["Company Name", "Package"],
                   [(name, "Free") for name in names])
    done = run("compare", "studio", "--portal-list", listed, "--existing", listed,
               "--domains", tmp_path / "domains.txt", "-o", tmp_path / "x.xlsx", binary=FASTEST)
    assert done.returncode == 1 and done.stdout.startswith("1 difference\n")
