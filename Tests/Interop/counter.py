"""An independent count of a sheet of customers, written from the words of the design and not from
the program: what a row is, which are blank, and what must come of each.

The header is the row among the first 20 that has most of the titles. A row below it is filled when
a cell under one of the titles is not empty after trimming; columns of Rowgate's own (Action, Check,
Problems ...) and unknown ones fill none. `rows` are those down to the last filled one.
"""

from collections import Counter
from typing import NamedTuple

from openpyxl import load_workbook

TRIMMED = " \t\r\n\u00a0"
HEADER_ROWS_MAX = 20
# Titles of the fields, as people write them; a note in brackets or an asterisk does not count.
TITLES = {
    "name": ["Company Name", "Firmenname", "Domain", "NetSapiens Domain", "Kunde"],
    "email": ["Email Address", "E-Mail-Adresse", "Mail", "Admin Email"],
    "firstName": ["First Name", "Vorname", "Given Name"],
    "lastName": ["Last Name", "Nachname", "Surname"],
    "reference": ["Customer Billing Reference", "Abrechnungsreferenz", "Billing Ref"],
    "platform": ["Platform", "Plattform", "Studio Platform"],
    "package": ["Package", "Paket", "Plan"],
}
REQUIRED = ("name", "email", "firstName", "lastName", "platform")
FIELD_OF = {title.casefold(): field for field, titles in TITLES.items() for title in titles}


class Count(NamedTuple):
    """What is to be told of a sheet."""
    rows: int
    blank: int
    hidden: int


def trimmed(value):
    """A cell's value as text without what is trimmed; a formula is something."""
    return "" if value is None else str(value).strip(TRIMMED)


def field_of(title):
    text = trimmed(title).partition("(")[0].rstrip(" *")
    return FIELD_OF.get(" ".join(text.split()).casefold())


def header_of(grid):
    """Number of the header row, and its fields by column; `grid` has cells by (row, column)."""
    rows = [
        {column: field for (at, column), value in grid.items()
         if at == row and (field := field_of(value))}
        for row in range(1, HEADER_ROWS_MAX + 1)]
    best = max(rows, key=lambda fields: len(set(fields.values())))
    return rows.index(best) + 1, best


def count(grid, hidden=()):
    header, fields = header_of(grid)
    filled = {row for (row, column), value in grid.items()
              if row > header and column in fields and trimmed(value)}
    rows = max(filled, default=header) - header
    return Count(rows, rows - len(filled), len(filled & set(hidden)))


def count_file(path):
    """The count of the sheet of customers of a workbook, as openpyxl reads it."""
    book = load_workbook(path)
    sheet = next((book[title] for title in ("Customers", "Kunden") if title in book.sheetnames),
                 book.worksheets[0])
    grid = {(cell.row, cell.column): cell.value
            for row in sheet.iter_rows() for cell in row if cell.value is not None}
    return count(grid, [row for row, options in sheet.row_dimensions.items() if options.hidden])


# --- What comes of each row


class Customer(NamedTuple):
    """A filled row as its maker meant it: the values after trimming, and the fields whose value is
    wrong by itself."""
    values: dict
    wrong: frozenset
    action: str


ACCEPTED, REJECTED, UNCHANGED, UNSURE = "accepted", "rejected", "unchanged", "unsure"
ALLOWED = {"": "Create", "Create": "Create", "Update": "Update"}


def fates(customers, directory, known):
    """What comes of each row, in order; `directory` has the names there are, `known` the records
    by name, or is None where nobody knows.

    A row is unsure where the design leaves it to another row.
    """
    names = Counter(key(each, "name") for each in customers if is_formed(each, "name"))
    emails = Counter(key(each, "email") for each in customers if is_formed(each, "email"))
    return [
        REJECTED if is_wrong(each, directory) or names[key(each, "name")] > 1
        or emails[key(each, "email")] > 1 else fate_beside_known(each, customers, known)
        for each in customers]


def key(customer, field):
    return customer.values.get(field, "").casefold()


def is_formed(customer, field):
    """Whether other rows are compared with a value: it is there and not malformed."""
    return bool(key(customer, field)) and field not in customer.wrong


def is_wrong(customer, directory):
    """Whether a row is wrong whatever the others are."""
    action, name = ALLOWED.get(customer.action), customer.values.get("name")
    reference = customer.values.get("reference")
    return bool(
        customer.wrong or action is None or name not in directory
        or (reference and reference != name)
        or (action == "Create" and not all(customer.values.get(field) for field in REQUIRED)))


def fate_beside_known(customer, customers, known):
    if known is None:
        return ACCEPTED
    action, name = ALLOWED[customer.action], customer.values["name"]
    email, record = key(customer, "email"), known.get(name)
    owner = next((each for each, values in known.items()
                  if email and values["email"].casefold() == email and each != name), None)
    if owner:
        # The owner may give its address up in this very workbook.
        return UNSURE if any(each.values.get("name") == owner for each in customers) else REJECTED
    if record is None:
        return ACCEPTED if action == "Create" else REJECTED
    different = {field for field, value in customer.values.items()
                 if value and value != record.get(field, "")}
    if different & {"package", "email"}:
        return UNSURE
    if not different:
        return UNCHANGED
    return ACCEPTED if action == "Update" else REJECTED
