"""Workbooks to upload, written with the standard library alone. The same arguments, the same bytes."""

import functools
import io
import random
import zipfile

MOMENT = (2026, 1, 5, 9, 0, 0)
HEADERS = ["Company Name", "Email Address", "First Name", "Last Name",
           "Customer Billing Reference", "Platform", "Package", "Seats"]
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Default Extension="png" ContentType="image/png"/>\
<Override PartName="/xl/workbook.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="{relation}/{kind}" Target="{target}"/></Relationships>"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = f"""<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>\
<sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>"""


def domain(number):
    return f"customer{number:06d}.12345.service"


@functools.cache
def domains(count):
    """The list of the names that the rows have."""
    return ("domain\n" + "".join(domain(number) + "\n" for number in range(count))).encode()


@functools.cache
def workbook(row_count, size=0, bad_percent=2):
    """Customers, some with one fault, and a picture that makes the file `size` bytes."""
    chance = random.Random(row_count)
    rows = [HEADERS] + [customer(at, chance, bad_percent) for at in range(row_count)]
    sheet = "".join(["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", f'<worksheet xmlns="{MAIN}">',
                     "<sheetData>", *map(row, range(1, len(rows) + 1), rows),
                     "</sheetData></worksheet>"])
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(
            relation=RELATION, kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            relation=RELATION, kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    small = archive(parts)
    if size <= len(small):
        return small
    name = "xl/media/image1.png"
    # What an archive adds around a part: 30 bytes before, 46 at its end, its name in both.
    picture = chance.randbytes(size - len(small) - 76 - 2 * len(name))
    return archive(parts | {name: picture})


def archive(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, data in parts.items():
            kept = isinstance(data, bytes)
            book.writestr(zipfile.ZipInfo(name, MOMENT), data,
                          zipfile.ZIP_STORED if kept else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def customer(number, chance, bad_percent):
    name = domain(number)
    values = [name, f"ann{number}@customer{number}.example", "Ann", "Lee", name,
              "Luminate Wholesale", "Free", chance.randint(1, 500)]
    if chance.random() * 100 < bad_percent:
        at, value = chance.choice([(1, "ann.example"), (5, ""), (0, f"nobody{number}.12345.service")])
        values[at] = value
    return values


def row(number, values):
    cells = (f'<c r="{letter}{number}"><v>{value}</v></c>' if isinstance(value, int)
             else f'<c r="{letter}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
             for letter, value in zip("ABCDEFGH", values) if value != "")
    return f'<row r="{number}">{"".join(cells)}</row>'
