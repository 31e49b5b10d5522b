"""Workbooks made by openpyxl."""

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from makers.customers import BLANK, GOOD, HEADERS, MIXED, SUGGESTIONS_ONLY, right
from makers.deterministic import MOMENT, held_clock

WITHOUT_NOTES = [name for name in HEADERS if name != "notes"]


def make(folder):
    """Writes every workbook openpyxl makes into `folder`."""
    customers(folder / "good.xlsx", GOOD, WITHOUT_NOTES)
    customers(folder / "mixed.xlsx", MIXED)
    customers(folder / "mixed-right.xlsx", right(MIXED))
    customers(folder / "suggestions-only.xlsx", SUGGESTIONS_ONLY, WITHOUT_NOTES)
    customers(folder / "suggestions-right.xlsx", right(SUGGESTIONS_ONLY), WITHOUT_NOTES)
    broken_headers(folder)
    german_headers(folder / "german-headers.xlsx")
    formulas(folder / "formulas.xlsx")
    pasting(folder / "pasting.xlsx")


def customers(path, lines, columns=tuple(HEADERS), headers=HEADERS):
    """A sheet `Customers`, header in row 1, a row for each line."""
    book, sheet = new_book()
    sheet.append([headers[name] for name in columns])
    for index, line in enumerate(lines):
        if line is BLANK:
            continue
        for column, name in enumerate(columns, start=1):
            put(sheet.cell(row=2 + index, column=column), line.typed[name])
    save(book, path)


def new_book(title="Customers"):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    return book, sheet


def put(cell, value):
    """A text stays text whatever it starts with; `#N/A` is the error value."""
    cell.value = value
    if value == "#N/A":
        cell.data_type = "e"
    elif isinstance(value, str):
        cell.data_type = "s"


def save(book, path):
    sheet = book.active
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row=1, column=column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 28
    book.properties.creator = "Fixtures"
    book.properties.created = MOMENT
    with held_clock():
        book.save(path)


def broken_headers(folder):
    """Workbooks whose header row cannot be used, and one without rows."""
    customers(folder / "no-rows.xlsx", [], WITHOUT_NOTES)
    without_email = [name for name in WITHOUT_NOTES if name != "email"]
    customers(folder / "missing-column.xlsx", GOOD[:3], without_email)
    twice = dict(HEADERS, notes=HEADERS["email"])
    customers(folder / "duplicate-header.xlsx", GOOD[:3], tuple(HEADERS), twice)

    book, sheet = new_book()
    sheet.append([HEADERS[name] for name in WITHOUT_NOTES])
    for line in GOOD[:3]:
        sheet.append([line.typed[name] for name in WITHOUT_NOTES])
    sheet.merge_cells("C1:D1")
    save(book, folder / "merged-header.xlsx")

    book, sheet = new_book("Pupils")
    sheet.append(["Pupil", "Class", "Born"])
    sheet.append(["Ann Lee", "4b", "2015-03-01"])
    other = book.create_sheet("Teachers")
    other.append(["Teacher", "Subject"])
    other.append(["Bob Nowak", "Music"])
    save(book, folder / "other-template.xlsx")


def german_headers(path):
    """The columns as a German reseller would title them."""
    titles = {
        "name": "Firmenname",
        "email": "E-Mail-Adresse",
        "first": "Vorname",
        "last": "Nachname",
        "reference": "Rechnungsreferenz",
        "platform": "Plattform",
        "package": "Paket",
    }
    customers(path, GOOD[:5], WITHOUT_NOTES, titles)


def formulas(path):
    """References written as `=A2`; openpyxl saves no values, so each is without one."""
    book, sheet = new_book()
    sheet.append([HEADERS[name] for name in WITHOUT_NOTES])
    for number, line in enumerate(GOOD[:3], start=2):
        values = [line.typed[name] for name in WITHOUT_NOTES]
        values[4] = f"=A{number}"
        sheet.append(values)
    save(book, path)


def pasting(path):
    """Ten plain rows to paste into the template: five right, five each with one fault."""
    lines = [line.typed for line in GOOD[:10]]
    lines[2] = lines[2] | {"email": lines[0]["email"].upper()}
    lines[4] = lines[4] | {"first": None}
    lines[5] = lines[5] | {"name": "nobody.99999.service", "reference": "nobody.99999.service"}
    lines[7] = lines[7] | {"reference": "CEDAR-1"}
    lines[9] = lines[9] | {"platform": None}
    book, sheet = new_book("Sheet1")
    for values in lines:
        sheet.append([values[name] for name in WITHOUT_NOTES])
    save(book, path)
