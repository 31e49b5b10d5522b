"""The portal's own kind of template, blank and filled in, made by XlsxWriter."""

import xlsxwriter

from makers.customers import GOOD
from makers.deterministic import MOMENT

NOTE = "One company a line. Please do not change the column titles."
COLUMNS = {
    "First Name": "first",
    "Last Name": "last",
    "Email Address": "email",
    "Company Name": "name",
    "Company Address": None,
    "Phone": None,
    "Customer Billing Reference": "reference",
    "Platform (optional)": "platform",
}
EXTRAS = {"Company Address": "1 High Street, Leeds", "Phone": "+44 113 496 0000"}
HEADER_ROW_INDEX = 1


def make(folder):
    """Writes both workbooks into `folder`."""
    book, _ = template(folder / "portal-template.xlsx")
    book.close()
    book, sheet = template(folder / "portal-own.xlsx")
    for index, values in enumerate(filled()):
        for column, (title, name) in enumerate(COLUMNS.items()):
            value = values[name] if name else EXTRAS[title]
            if value is not None:
                sheet.write_string(HEADER_ROW_INDEX + 1 + index, column, value)
    book.close()


def filled():
    """Eight customers in rows 3 to 10; row 5 has no platform, row 7 an unknown domain."""
    lines = [dict(line.right) for line in GOOD[:8]]
    lines[2]["platform"] = None
    lines[4]["name"] = "nobody.99999.service"
    lines[4]["reference"] = "nobody.99999.service"
    return lines


def template(path):
    """A sheet `Companies`: a note in row 1, the header in row 2, room for rows below."""
    book = xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"author": "Portal", "created": MOMENT})
    sheet = book.add_worksheet("Companies")
    note = book.add_format({"italic": True, "font_color": "#7F7F7F"})
    header = book.add_format(
        {"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, NOTE, note)
    for column, title in enumerate(COLUMNS):
        sheet.set_column(column, column, 16 + column, text)
        sheet.write_string(HEADER_ROW_INDEX, column, title, header)
    sheet.freeze_panes(HEADER_ROW_INDEX + 1, 0)
    sheet.data_validation(
        HEADER_ROW_INDEX + 1, 7, 999, 7, {"validate": "list", "source": ["Luminate Wholesale"]})
    return book, sheet
