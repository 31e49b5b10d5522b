"""Texts that deceive: sheets as Numbers names them, titles and addresses that look like others.
Numbers are those of ../hostile.md; `test_hostile_values.py` holds the others of 71 to 91."""

import json

import pytest

from books import (
    BOOK, BOOK_RELS, HEADER, SHEET, Book, customer, relationships, row, sheet, workbook)
from driver import DOMAINS, FASTEST, TODAY, run

ROWS = [row(1, HEADER), *(row(at + 2, customer(at)) for at in range(3))]
# Numbers writes a sheet that lists the others, and a table's title above its header.
SUMMARY = [
    row(3, ["This document was exported from Numbers. Each table was converted to an Excel "
            "worksheet."]),
    row(7, ["Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"]),
    row(8, ["Customers"]), row(9, ["", "Table 1", "Customers - Table 1"])]
TITLED = [row(1, ["Table 1"]), row(2, HEADER), *(row(at + 3, customer(at)) for at in range(3))]
OTHER = [row(1, ["x"])]


def check(book, folder, *arguments):
    path = folder / "book.xlsx"
    path.write_bytes(book.bytes())
    done = run("check", path, *DOMAINS, *TODAY, "--format", "json", *arguments, binary=FASTEST)
    return done.returncode, json.loads(done.stdout)


def errors(report):
    return [(each["cell"], each["code"]) for each in report["findings"]
            if each["severity"] == "error"]


def sheets(*named):
    """A book of sheets of a name and rows."""
    book = Book()
    del book[SHEET]
    listed, relations = "", []
    for at, (name, rows) in enumerate(named, 1):
        listed += f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>'
        relations.append((f"r{at}", "worksheet", f"worksheets/sheet{at}.xml"))
        book[f"xl/worksheets/sheet{at}.xml"] = sheet(rows)
    return book.with_part(BOOK, workbook(listed)).with_part(BOOK_RELS, relationships(
        *relations, ("r98", "sharedStrings", "sharedStrings.xml"), ("r99", "styles", "styles.xml")))


SHEETS = {
    "Numbers, one table": [("Customers - Table 1", ROWS)],
    "Numbers, a summary before": [("Export Summary", SUMMARY), ("Customers - Table 1", ROWS)],
    "Numbers, a title above the header": [
        ("Export Summary", SUMMARY), ("Customers - Table 1", TITLED)],
    "Numbers, another table": [
        ("Export Summary", SUMMARY), ("Customers - Table 1", ROWS), ("Lists - Table 1", OTHER)],
    "Numbers, a sheet nobody named": [("Export Summary", SUMMARY), ("Sheet 1 - Table 1", ROWS)],
    "Numbers, a sheet of one table": [("Export Summary", SUMMARY), ("Customers", ROWS)],
    "Numbers in German": [("Exportübersicht", SUMMARY), ("Kunden - Tabelle 1", ROWS)],
    "blanks around": [(" customers ", ROWS), ("Other", OTHER)],
    "a no-break space behind": [("Customers\u00a0", ROWS), ("Other", OTHER)],
    "wide letters": [("Ｃｕｓｔｏｍｅｒｓ", ROWS), ("Other", OTHER)],
}


@pytest.mark.parametrize("portal", [(), ("--portal", "studio")], ids=["unnamed", "named"])
@pytest.mark.parametrize("label", SHEETS)
def test_the_sheet_of_customers_is_found(label, portal, tmp_path):
    status, report = check(sheets(*SHEETS[label]), tmp_path, *portal)
    assert (status, report["portal"], report["counts"]["accepted"]) == (0, "studio", 3)
    unread = [each for each in report["findings"] if each["code"] == "sheet.unknown"]
    assert len(unread) == len(SHEETS[label]) - 1


TITLES = {
    "a no-break space": ("Email\u00a0Address", True), "a hyphen": ("Email-Address", True),
    "a hyphen that does not break": ("E\u2011mail Address", True),
    "a line end": ("Email\nAddress", True), "capitals": ("EMAIL ADDRESS", True),
    "a wide letter": ("Ｅmail Address", False),
    "a Cyrillic letter": ("Em\u0430il Address", False),
    "an invisible character": ("Em\u200bail Address", False),
    "a mark before": ("\ufeffEmail Address", False),
}


@pytest.mark.parametrize("label", TITLES)
def test_a_title_is_known_or_missing_and_never_another(label, tmp_path):
    title, is_known = TITLES[label]
    titles = [title if each == "Email Address" else each for each in HEADER]
    status, report = check(Book(rows=[row(1, titles), *ROWS[1:]]), tmp_path, "--portal", "studio")
    assert (status, errors(report)) == ((0, []) if is_known else (2, [(None, "header.missing")]))
    if not is_known:
        (found,) = [each for each in report["findings"] if each["code"] == "header.unknown"]
        assert found["found"] == title
        assert "\u200b" not in found["message"] and "\ufeff" not in found["message"]


TWINS = {
    "84 a wide full stop": ("ann@acme.example", "ann@acme。example"),
    "84 wide letters": ("ann@acme.example", "ann@ａｃｍｅ.example"),
    "84 letters and their A-label": ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    "84 an A-label in capitals": ("ann@bücher.example", "ann@XN--BCHER-KVA.example"),
    "84 a mixed script and its A-label": ("ann@p\u0430ypal.example", "ann@xn--pypal-4ve.example"),
    "86 composed and decomposed": ("ann@bücher.example", "ann@bu\u0308cher.example"),
    "86 capitals": ("ann@bücher.example", "ann@BÜCHER.example"),
    "86 the sign for kelvin": ("ann@kelvin.example", "ann@\u212aelvin.example"),
}
STRANGERS = {
    "84 a Cyrillic letter": ("ann@paypal.example", "ann@p\u0430ypal.example"),
    "84 a script that looks alike whole": ("ann@ace.example", "ann@\u0430\u0441\u0435.example"),
    "86 a sharp s": ("ann@strasse.example", "ann@straße.example"),
}


@pytest.mark.parametrize("label", TWINS | STRANGERS)
def test_addresses_are_twins_when_mail_goes_to_one_place(label, tmp_path):
    one, other = (TWINS | STRANGERS)[label]
    book = Book(customer(0, B=one), customer(1, B=other), customer(2))
    _, report = check(book, tmp_path)
    assert errors(report) == [
        (cell, "email.duplicate_in_file") for cell in ("B2", "B3") if label in TWINS]


@pytest.mark.parametrize("label, domain, ascii_", [
    ("84 Cyrillic in Latin", "p\u0430ypal.example", "xn--pypal-4ve.example"),
    ("84 Greek in Latin", "g\u03bfogle.example", "xn--gogle-rce.example"),
    ("84 one script", "\u0430\u0441\u0435.example", None),
    ("84 Latin with accents", "b\u00fccher.example", None),
])
def test_a_domain_of_mixed_scripts_is_told_with_its_a_label(label, domain, ascii_, tmp_path):
    _, report = check(Book(customer(0, B=f"ann@{domain}"), customer(1)), tmp_path)
    assert report["counts"]["accepted"] == 2
    told = [each["message"] for each in report["findings"] if each["code"] == "email.mixed_scripts"]
    assert len(told) == (ascii_ is not None)
    assert all(ascii_ in message for message in told)


@pytest.mark.parametrize("label, domain, other", [
    ("84 a Cyrillic look-alike", "\u0430\u0441\u0435.example", "ace.example"),
    ("84 a Greek look-alike", "mail.\u03c1\u03b1\u03b3.example", "mail.pay.example"),
    ("84 a Cyrillic word", "\u043f\u043e\u0447\u0442\u0430.example", None),
    ("84 a mixed script", "p\u0430ypal.example", None),
])
def test_a_domain_that_looks_like_another_is_told_with_it(label, domain, other, tmp_path):
    _, report = check(Book(customer(0, B=f"ann@{domain}"), customer(1)), tmp_path)
    assert report["counts"]["accepted"] == 2
    told = [each["message"] for each in report["findings"] if each["code"] == "email.lookalike"]
    assert len(told) == (other is not None)
    assert all(other in message and "xn--" in message for message in told)


@pytest.mark.parametrize("label, column, value, code", [
    ("84 a wide at sign", "B", "ann＠acme.example", "email.invalid"),
    ("84 a letter beside ASCII", "B", "änn@acme.example", "email.invalid"),
    ("84 the sign for kelvin", "B", "\u212aann@acme.example", "email.invalid"),
    ("84 a dotless i", "B", "l\u0131sa@acme.example", "email.invalid"),
    ("84 a slash for fractions", "B", "ann@a\u2044b.example", "email.invalid"),
    ("84 a wide full stop in a name", "A", "acme。12345.service", "domain.invalid"),
    ("84 a wide letter in a name", "A", "ａcme.12345.service", "domain.invalid"),
    ("84 an accent in a name", "A", "acme.12345.se\u0301rvice", "domain.invalid"),
    ("84 a variation selector", "B", "ann@a\ufe0fb.example", "cell.invisible_character"),
    ("85 an A-label of nothing", "B", "ann@xn---.example", "email.invalid"),
    ("85 an A-label of ASCII", "B", "ann@xn--abc-.example", "email.invalid"),
    ("85 an A-label of half a number", "B", "ann@xn--0.example", "email.invalid"),
    ("85 an A-label of a letter", "B", "ann@xn--a.example", "email.invalid"),
    ("85 an A-label beyond Unicode", "B", "ann@xn--99999999.example", "email.invalid"),
    ("85 an A-label of a mark", "B", "ann@xn--lsa.example", "email.invalid"),
    ("85 an A-label of a capital", "B", "ann@xn--wca.example", "email.invalid"),
    ("85 a prefix of A-labels", "B", "ann@xn--ü.example", "email.invalid"),
    ("85 a number with a full stop", "B", "ann@⒈example", "email.invalid"),
    ("85 a mark before a label", "B", "ann@\u0301b.example", "email.invalid"),
    ("85 two dots", "B", "ann@acme..example", "email.invalid"),
    ("85 digits alone", "B", "ann@1.2.3.4", "email.invalid"),
])
def test_what_is_no_address_or_name_is_refused(label, column, value, code, tmp_path):
    book = Book(customer(0), customer(1, **{column: value}), customer(2))
    status, report = check(book, tmp_path)
    assert (status, errors(report)) == (1, [(f"{column}3", code)])
