"""What `make serve` uploads and loads beside studio's: small workbooks, by openpyxl, and lists."""

from openpyxl import Workbook

from makers.with_openpyxl import save

CLOSE = {
    "Companies": [
        ("Company Name", "Company Type", "Customer Status"),
        ("Alder Practice", "Practice", "prospect"),
        ("Birch Practice", "Practice", "prospect"),
        ("Clay Dental", "Practice", "prospct"),
    ],
    "Contacts": [
        ("Email Address", "First Name", "Last Name", "Company"),
        ("ann@alder.example", "Ann", "Lee", "Alder Practice"),
        ("bob@birch.example", "Bob", "Ray", "Birch Practice"),
        ("cid.birch.example", "Cid", "Fox", "Birch Practice"),
    ],
    "Rooms": [
        ("Company", "Room Name", "Product Type", "Room Status"),
        ("Alder Practice", "Reception", "team room", "demo"),
        ("Birch Practice", "Bob", "personal room", "demo"),
    ],
    "Hosts": [
        ("Company", "Room", "Host", "Owner"),
        ("Alder Practice", "Reception", "ann@alder.example", "Yes"),
        ("Birch Practice", "Bob", "bob@birch.example", None),
    ],
}

NEXUDUS = {
    "Customers": [
        ("Name", "Web Address", "Country", "Currency", "Time Zone"),
        ("Cedar Works", "cedar-works", "Germany", "EUR", "(UTC+01:00) Berlin"),
        ("Dune Desks", "dune-desks", "France", "EUR", "(UTC+01:00) Paris"),
    ],
    "Networks": [
        ("Customer", "Network Name"),
        ("Cedar Works", "Cedar Works network"),
    ],
    "Sub-accounts": [
        ("Network", "Account Name"),
        ("Cedar Works network", "Cedar Works Ulm"),
    ],
    "Invitations": [
        ("Account", "Full Name", "Email"),
        ("Cedar Works", "Eve Kim", "eve@cedar.example"),
        ("Dune Desks", "Dan Orr", "dan@dune.example"),
    ],
}


def make(close, nexudus):
    """Writes `small.xlsx` into both folders."""
    for folder, sheets in ((close, CLOSE), (nexudus, NEXUDUS)):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        save(book, folder / "small.xlsx")


def make_lists(dimensions, rainbow):
    """The lists that these portals have, by hand."""
    (dimensions / "pbx-templates.txt").write_text("Standard hosted\nCloud\n")
    (rainbow / "companies.txt").write_text("Corner Cafe\nDune Hotels\nKiosk\nLarch Lane\n")
