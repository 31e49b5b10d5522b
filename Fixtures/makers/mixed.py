"""Workbooks of several sheets as resellers fill them in, right rows among wrong ones, by openpyxl.

`mixed.xlsx` has them as they came, `mixed-right.xlsx` as they should be: a cell that differs is a
`Fix`. Rows of other sheets that rest on a wrong one are right, and come back with it.
"""

import datetime
from typing import NamedTuple

from openpyxl import Workbook

from makers.with_openpyxl import save


class Fix(NamedTuple):
    wrong: object
    right: object


BLANK = ()
# What a reseller keeps in a column of their own.
NOTES = "Notes"
PHONE, FORMULA, ZEROS = "+44 20 7946 0018", "=SUM(A1:A9)", "007"

CLOSE = {
    "Companies": [
        ("Company Name", "Company Type", "Customer Status", NOTES),
        ("Alder Practice", "Practice", "customer", ZEROS),
        ("Birch Practice", "Practice", Fix("prospct", "prospect")),
        BLANK,
        ("Clay Dental", "Practice", "prospect", FORMULA),
        ("Dune Hotels", None, Fix(None, "customer"), "asked twice"),
        ("Elm Bakery", None, "customer", PHONE),
    ],
    "Contacts": [
        ("Email Address", "First Name", "Last Name", "Company", NOTES),
        ("ann@alder.example", "Ann", "Lee", "Alder Practice"),
        ("abe@alder.example", "Abe", "O'Neil", "Alder Practice", ZEROS),
        ("bob@birch.example", "Bob", "Ray", "Birch Practice"),
        BLANK,
        (Fix("cid.clay.example", "cid@clay.example"), "Cid", "Hill", "Clay Dental"),
        ("dan@dune.example", "Dan", "Orr", "Dune Hotels"),
        ("eve@elm.example", "Eve", "Kim", "Elm Bakery"),
        (Fix("EVE@elm.example", "ed@elm.example"), "Ed", "Kim", "Elm Bakery"),
        ("gus@elm.example", "Gus", "Wölfl", Fix("Elm Bakry", "Elm Bakery")),
    ],
    "Rooms": [
        ("Company", "Room Name", "Product Type", "Room Status", "Trial End", NOTES),
        ("Alder Practice", "Reception", "team room", "paid subscriber"),
        ("Alder Practice", "Abe", "personal room", "trial", datetime.date(2026, 3, 1)),
        ("Birch Practice", "Ward", "team room", "demo"),
        ("Clay Dental", "Surgery", Fix("teem room", "team room"), "demo"),
        BLANK,
        BLANK,
        ("Elm Bakery", "Counter", "personal room", Fix("demo", "trial"),
         datetime.date(2026, 2, 1)),
        ("Elm Bakery", "Office", "team room", "demo"),
    ],
    "Hosts": [
        ("Company", "Room", "Host", "Owner", NOTES),
        ("Alder Practice", "Reception", "ann@alder.example", "Yes"),
        ("Alder Practice", "Reception", "abe@alder.example", "No"),
        ("Alder Practice", "Abe", "abe@alder.example", Fix("Yes", None), FORMULA),
        ("Birch Practice", "Ward", "bob@birch.example", "Yes"),
        ("Clay Dental", "Surgery", "cid@clay.example", "Yes"),
        ("Elm Bakery", "Counter", "eve@elm.example"),
        ("Elm Bakery", "Office", "gus@elm.example", "Yes", PHONE),
        ("Elm Bakery", "Office", "ed@elm.example", "No"),
    ],
}

NEXUDUS = {
    "Customers": [
        ("Name", "Web Address", "Country", "Currency", "Time Zone", NOTES),
        ("Alder Desks", "alder-desks", "United Kingdom", "GBP", "London", ZEROS),
        ("Birch Studios", Fix("Birch Studios", "birch-studios"), "IE", "EUR", "Dublin"),
        BLANK,
        ("Cedar Works", "cedar-works", "Deutschland", "EUR", "Berlin", PHONE),
        ("Dune Desks", "dune-desks", Fix("Frankreich!", "Frankreich"), "EUR", "Paris"),
        ("Elm Space", Fix("alder-desks", "elm-space"), "GB", "GBP", "London", "new in May"),
        ("Fir Hub", "fir-hub", "AT", Fix(None, "EUR"), "Vienna", FORMULA),
    ],
    "Networks": [
        ("Customer", "Network Name", NOTES),
        ("Cedar Works", "Cedar Works network"),
        ("Dune Desks", "Dune network", "waits for Dune"),
        BLANK,
        (Fix("Fir Hubb", "Fir Hub"), "Fir network"),
    ],
    "Sub-accounts": [
        ("Network", "Account Name", NOTES),
        ("Cedar Works network", "Cedar Ulm"),
        ("Cedar Works network", "Cedar Bonn", ZEROS),
        ("Dune network", "Dune Lyon"),
        (Fix("Cedar Works", "Cedar Works network"), "Cedar Kiel"),
    ],
    "Invitations": [
        ("Account", "Full Name", "Email", NOTES),
        ("Alder Desks", "Ann Lee", "ann@alder.example"),
        ("Birch Studios", "Bob Ray", "bob@birch.example"),
        ("Cedar Works", "Cid Fox", Fix("cid@cedar", "cid@cedar.example")),
        ("Cedar Works network", "Cid Fox", "cid@cedar.example"),
        BLANK,
        ("Cedar Ulm", "Uta Berg", "uta@cedar.example"),
        ("Cedar Bonn", Fix(None, "Bea Blum"), "bea@cedar.example", FORMULA),
        ("Cedar Kiel", "Kai Jansen", "kai@cedar.example"),
        ("Dune Lyon", "Luc Roux", "luc@dune.example"),
        ("Elm Space", "Eve Kim", "eve@elm.example"),
        ("Fir network", "Flo Ernst", "flo@fir.example"),
    ],
}

DIMENSIONS = {
    "Customers": [
        ("Name", "Product Type", "Reference", "Country", "Notes", "Enable Trial Period",
         "Trial Expiration Date", "In-house System", "Region manager"),
        ("Alder Dental", "Essentials", "D-1", "United Kingdom", None, None, None, None, ZEROS),
        ("Birch Legal", Fix(None, "Premium"), "D-2", "GB"),
        BLANK,
        ("Cedar Works", "Premium", "D-3", Fix("Deutschlnd", "Deutschland"), "two sites", None, None,
         None, PHONE),
        ("Dune Hotels", "Premium", "D-4", "AT"),
        ("Elm Bakery", "Essentials", "D-5", "Ireland", None, Fix("Yes", None)),
        ("Fir Garage", "Essentials", "D-6", "IE", None, None, None, None, FORMULA),
    ],
    "Users": [
        ("Customer", "Display Name", "Email Address", "Primary User"),
        ("Alder Dental", "Ann Lee", "ann@alder.example", "Yes"),
        ("Alder Dental", "Abe Fox", Fix("abe@alder,example", "abe@alder.example"), "No"),
        ("Birch Legal", "Bob Ray", "bob@birch.example", "Yes"),
        ("Cedar Works", "Cid Hill", "cid@cedar.example", "Yes"),
        BLANK,
        ("Dune Hotels", "Dan Orr", "dan@dune.example", "Yes"),
        ("Dune Hotels", "Dee Orr", "dee@dune.example", Fix("Yes", "No")),
        ("Elm Bakery", "Eve Kim", "eve@elm.example", "Yes"),
        ("Fir Garage", "Flo Ernst", "flo@fir.example", "Yes"),
    ],
    "PBX": [
        ("Customer", "PBX Template", "PBX Type", "PBX Host", "Disabled"),
        ("Alder Dental", "Cloud", "Kazoo", None, "No"),
        ("Birch Legal", "Cloud", "Kazoo"),
        ("Cedar Works", "Standard hosted", "3CX", "pbx.cedar.example"),
        ("Dune Hotels", Fix("Clowd", "Cloud"), "Kazoo"),
        ("Elm Bakery", "Cloud", "3CX"),
        ("Fir Garage", Fix(None, "Standard hosted"), "Kazoo"),
    ],
    "Roles": [
        ("Customer", "User", "Role"),
        ("Alder Dental", "ann@alder.example", "Website User"),
        ("Alder Dental", "abe@alder.example", "User Administrator"),
        BLANK,
        ("Birch Legal", "bob@birch.example", "Website User"),
        ("Dune Hotels", "dan@dune.example", "Website User"),
        ("Elm Bakery", "eve@elm.example", "Website User"),
        (Fix("Dune Hotels", "Fir Garage"), "flo@fir.example", "Website User"),
    ],
}

RAINBOW = {
    "New companies": [
        ("Company Name", "Country", "State", "Visibility", "Customer Reference", "Support Email",
         "Administrator Email", "Existing User", "Message", NOTES),
        ("Alder Dental", "United Kingdom", None, "Private", "R-1", "help@alder.example.com",
         "ann@alder.example.com", None, "Welcome", ZEROS),
        ("Birch Legal", "USA", Fix(None, "California"), "Public", "R-2", "help@birch.example.com",
         "bob@birch.example.com"),
        BLANK,
        ("Cedar Works", "Kanada", "Ontario", "Closed", "R-3",
         Fix("help@cedar.support", "help@cedar.example.com"), "cid@cedar.example.com"),
        ("Dune Hotels & Söhne", "Deutschland", Fix("Texas", None), "Privat", "R-4",
         "hilfe@dune.example.com", "dan@dune.example.com", None, None, PHONE),
        ("Elm Bakery", "IE", None, Fix("Organisation", "Private"), "R-5",
         "help@elm.example.com", "eve@elm.example.com"),
        ("Fir Garage", "GB", None, "Isolated", "R-6", "help@fir.example.com",
         "flo@fir.example.com", Fix("omar@fir.example.com", None), None, FORMULA),
        ("Gorse Farm", "GB", None, "Private", "R-7", "help@gorse.example.com",
         Fix("ANN@alder.example.com", "gus@gorse.example.com")),
        BLANK,
        ("Hazel Hill", "AT", None, "Private", "R-8", "help@hazel.example.com",
         Fix(None, "h@hazel.example.com")),
        ("Iris Labs", "CA", Fix("Texas", "Quebec"), "Private", "R-9", "help@iris.example.com",
         "ida@iris.example.com"),
        (Fix("hazel hill", "Juniper"), "AT", None, "Private", "R-10", "help@juni.example.com",
         "jo@juni.example.com"),
    ],
    "Existing companies": [
        ("Company", "Status", NOTES),
        ("Corner Cafe",),
        (Fix("dune hotels", "Dune Hotels"), None, "asked in March"),
        BLANK,
        (Fix("Corner Café", "Kiosk"), None, ZEROS),
        (Fix("Iris Labs", "Larch Lane"),),
    ],
    "Answers": [
        ("Request", "Request Id", "Action", NOTES),
        ("Maple Motors", None, "Accept"),
        ("Nettle News", "5fe1", Fix("Maybe", "Decline")),
        ("Oak Optics", None, Fix(None, "Accept"), FORMULA),
        BLANK,
        ("Pine Press", None, "Decline"),
    ],
}

# What is known before, so that names can be looked up.
KNOWN = {
    "close": {"Companies": [CLOSE["Companies"][0], ("Yew Practice", "Practice", "customer")]},
    "nexudus": {"Customers": [
        NEXUDUS["Customers"][0], ("Yew Desks", "yew-desks", "GB", "GBP", "London")]},
    "dimensions": {"Customers": [
        DIMENSIONS["Customers"][0], ("Yew Dental", "Premium", "D-0", "GB")]},
    "rainbow": {"New companies": [
        RAINBOW["New companies"][0],
        ("Yew Dental", "GB", None, "Private", "R-0", "help@yew.example.com",
         "yan@yew.example.com")]},
}


def make(root):
    """Writes `mixed.xlsx`, `mixed-right.xlsx` and `known.xlsx` into the folder of each portal."""
    portals = {"close": CLOSE, "nexudus": NEXUDUS, "dimensions": DIMENSIONS, "rainbow": RAINBOW}
    for portal, sheets in portals.items():
        write(sheets, 0, root / portal / "mixed.xlsx")
        write(sheets, 1, root / portal / "mixed-right.xlsx")
        write(KNOWN[portal], 1, root / portal / "known.xlsx")


def write(sheets, side, path):
    """A workbook with one side of each `Fix`: 0 as it came, 1 as it should be."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        cells = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = cells.cell(number, column)
                cell.value = value[side] if isinstance(value, Fix) else value
                # Their texts are texts, whatever they begin with.
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    save(book, path)
