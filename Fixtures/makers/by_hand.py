"""Small broken files, and the text lists: written byte by byte or cut out of good workbooks."""

import csv
import io
import struct
import zipfile

from makers.customers import FIRMS, GOOD, HEADERS, MIXED, domain, numbered
from makers.with_libreoffice import EXISTING

MOMENT = (1980, 1, 1, 0, 0, 0)


def make_lists(folder):
    """The domain lists, the known customers as CSV, and what is wrong in mixed.xlsx."""
    with open(folder / "domains.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["domain", "description"])
        rows.writerows((domain(stem), firm) for stem, firm in FIRMS.items())
    names = "".join(domain(stem) + "\n" for stem in FIRMS)
    (folder / "domains.txt").write_text(names, encoding="utf-8")

    columns = [name for name in HEADERS if name != "notes"]
    with open(folder / "existing.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([HEADERS[name] for name in columns])
        rows.writerows([line.right[name] for name in columns] for line in EXISTING)

    letters = dict(zip(HEADERS, "ABCDEFGH"))
    faults = [
        f"{letters[name]}{number}\t{code}\n"
        for number, line in numbered(MIXED, first=2)
        for name, code in sorted(line.faults.items(), key=lambda item: letters[item[0]])
    ]
    (folder / "mixed-findings.tsv").write_text("cell\tcode\n" + "".join(faults))


def make_bad(folder, good):
    """One small file for each way of not being a workbook; `good` is the workbook they come from."""
    book = good.read_bytes()
    parts = read_parts(book)

    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "csv.xlsx").write_bytes(csv_text().encode())
    (folder / "html.xlsx").write_bytes(
        b"<!DOCTYPE html>\n<html><body><table><tr><td>Company Name</td></tr></table></body></html>\n")
    (folder / "xml2003.xlsx").write_bytes(XML_2003)
    (folder / "~$lock.xlsx").write_bytes(lock_file())
    (folder / "plain.xlsx").write_bytes(archive({"notes.txt": b"Not a workbook.\n"}))
    (folder / "truncated.xlsx").write_bytes(book[: len(book) * 2 // 3])
    (folder / "bad-crc.xlsx").write_bytes(with_wrong_crc(book, SHEET))
    (folder / "dtd.xlsx").write_bytes(archive(parts | {SHEET: with_doctype(parts[SHEET])}))
    (folder / "macro.xlsm").write_bytes(archive(with_macros(parts)))
    (folder / "binary.xlsb").write_bytes(archive(BINARY))


SHEET = "xl/worksheets/sheet1.xml"
XML_2003 = b"""<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Customers"><Table>
<Row><Cell><Data ss:Type="String">Company Name</Data></Cell></Row></Table></Worksheet></Workbook>
"""
RELATIONS = (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
             b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s'
             b"</Relationships>")
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# LibreOffice writes no .xlsb: these are the names and types Excel gives one, with empty parts.
BINARY = {
    "[Content_Types].xml":
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types '
        b'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="bin" '
        b'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        b'<Default Extension="rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/xl/worksheets/sheet1.bin" '
        b'ContentType="application/vnd.ms-excel.worksheet"/></Types>',
    "_rels/.rels": RELATIONS % (
        b'<Relationship Id="rId1" Type="' + OFFICE + b'officeDocument" Target="xl/workbook.bin"/>'),
    "xl/workbook.bin": bytes([0x83, 0x01, 0x00, 0x84, 0x01, 0x00]),
    "xl/_rels/workbook.bin.rels": RELATIONS % (
        b'<Relationship Id="rId1" Type="' + OFFICE + b'worksheet" '
        b'Target="worksheets/sheet1.bin"/>'),
    "xl/worksheets/sheet1.bin": bytes([0x81, 0x01, 0x00, 0x82, 0x01, 0x00]),
}


def csv_text():
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(HEADERS.values())
    rows.writerows(line.typed.values() for line in GOOD[:3])
    return text.getvalue()


def lock_file():
    """What Excel leaves beside an open workbook: the user's name, twice, padded to 165 bytes."""
    name = "Ann Lee"
    narrow = bytes([len(name)]) + name.encode().ljust(54)
    wide = struct.pack("<H", len(name)) + name.encode("utf-16-le").ljust(108, b" ")
    return (narrow + wide).ljust(165, b" ")


def read_parts(book):
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        return {name: file.read(name) for name in file.namelist()}


def archive(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name, MOMENT), part, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def with_wrong_crc(book, name):
    """The check sum of one part is changed in both places that carry it, and nothing else is."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        info = file.getinfo(name)
    right = struct.pack("<I", info.CRC)
    wrong = struct.pack("<I", info.CRC ^ 1)
    changed = book.replace(right, wrong)
    assert book.count(right) == 2 and not info.flag_bits & 8
    return changed


def with_doctype(part):
    start = part.index(b"<worksheet")
    return part[:start] + b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + part[start:]


def with_macros(parts):
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    enabled = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = parts["[Content_Types].xml"].replace(plain, enabled).replace(
        b"</Types>",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
    return parts | {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
