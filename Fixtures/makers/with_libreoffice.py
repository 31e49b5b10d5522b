"""Workbooks saved by LibreOffice, from flat OpenDocument text written here."""

import pathlib
import subprocess
import tempfile
from xml.sax.saxutils import escape

from makers.customers import BLANK, GOOD, HEADERS, PLATFORM, line

COLUMNS = [name for name in HEADERS if name != "notes"]

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">
<office:automatic-styles>
<number:date-style style:name="D1"><number:year number:style="long"/><number:text>-</number:text>\
<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>\
</number:date-style>
<number:boolean-style style:name="B1"><number:boolean/></number:boolean-style>
<style:style style:name="boolean" style:family="table-cell" style:data-style-name="B1"/>
<style:style style:name="date" style:family="table-cell" style:data-style-name="D1"/>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Customers">
{rows}
</table:table>
{ranges}
</office:spreadsheet></office:body></office:document>
"""
FILTER = """<table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0"
 table:target-range-address="Customers.A1:Customers.G{last}" table:display-filter-buttons="true">
<table:filter><table:filter-condition table:field-number="5" table:value="{platform}"
 table:operator="="/></table:filter></table:database-range></table:database-ranges>"""


def make(studio, bad):
    """Writes every file LibreOffice makes."""
    convert(document(plain(GOOD)), "xlsx", studio / "good-libreoffice.xlsx")
    convert(document(plain(BETWEEN)), "xlsx", studio / "blank-rows.xlsx")
    convert(filtered(), "xlsx", studio / "filtered.xlsx")
    convert(document(plain(TYPED)), "xlsx", studio / "typed.xlsx")
    convert(document(plain(EXISTING)), "xlsx", studio / "existing.xlsx")
    convert(document(plain(GOOD[:3])), "xls", bad / "old.xls")
    convert(document(plain(GOOD[:3])), "ods", bad / "sheet.ods")


# Rows 2, 5 and 9 are filled; row 9 has no e-mail.
BETWEEN = [
    line("alder", "Ann", "Lee"),
    BLANK,
    BLANK,
    line("ash", "Bob", "Nowak"),
    BLANK,
    BLANK,
    BLANK,
    line("bay", "Chloe", "García", typed={"email": None}),
]

# Row 3 has a date, row 4 a boolean, row 5 an error, row 6 a saved formula value.
TYPED = [
    line("alder", "Ann", "Lee"),
    line("ash", "Bob", "Nowak", typed={"last": ("date", "2026-03-01")}),
    line("bay", "Chloe", "García", typed={"last": ("boolean", "true")}),
    line("beech", "Dan", "O'Neil", typed={"last": ("formula", "of:=NA()")}),
    line("birch", "Eve", "Moore", typed={"reference": ("formula", "of:=[.A6]")}),
]

# Customers Rowgate is told about: the first as in good.xlsx, the second with another first name,
# the third's address is one good.xlsx does not use.
EXISTING = [
    line("alder", "Ann", "Lee"),
    line("ash", "Robert", "Nowak", email="bob@ash.example"),
    line("raven", "Ivy", "Page"),
]


def plain(lines):
    header = row([HEADERS[name] for name in COLUMNS])
    return [header] + [
        row([each.typed[name] for name in COLUMNS] if each else []) for each in lines
    ]


def filtered():
    """Thirty rows filtered to one platform: the three rows without it (5, 9, 30) are hidden."""
    lines = GOOD + [
        line("sage", "Zoe", "Martin"),
        line("pine", "Adam", "Brown"),
        line("reed", "Bella", "Jones"),
        line("rowan", "Carl", "Davis"),
    ]
    rows = [row([HEADERS[name] for name in COLUMNS])]
    for number, each in enumerate(lines, start=2):
        values = dict(each.typed)
        hidden = number in (5, 9, 30)
        if hidden:
            values["platform"] = None
        rows.append(row([values[name] for name in COLUMNS], hidden))
    return document(rows, FILTER.format(last=len(rows), platform=PLATFORM))


def row(values, hidden=False):
    visibility = ' table:visibility="filter"' if hidden else ""
    cells = "".join(cell(value) for value in values) or "<table:table-cell/>"
    return f"<table:table-row{visibility}>{cells}</table:table-row>"


def cell(value):
    """A text, nothing, or a pair of kind and value."""
    match value:
        case None:
            return "<table:table-cell/>"
        case ("date", text):
            return ('<table:table-cell table:style-name="date" office:value-type="date" '
                    f'office:date-value="{text}"/>')
        case ("boolean", text):
            return ('<table:table-cell table:style-name="boolean" office:value-type="boolean" '
                    f'office:boolean-value="{text}"/>')
        case ("formula", text):
            return f'<table:table-cell table:formula="{escape(text)}"/>'
    return ('<table:table-cell office:value-type="string">'
            f"<text:p>{escape(value)}</text:p></table:table-cell>")


def document(rows, ranges=""):
    return DOCUMENT.format(rows="\n".join(rows), ranges=ranges)


def convert(text, extension, target):
    """Lets LibreOffice, in a profile of its own, save the document as `target`."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "source.fods")
        source.write_text(text, encoding="utf-8")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", extension, "--outdir", folder, str(source)],
            check=True, capture_output=True, timeout=120)
        target.write_bytes(source.with_suffix(f".{extension}").read_bytes())
