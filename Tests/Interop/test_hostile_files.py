"""A: what the file really is. Numbers are those of ../hostile.md."""

import gzip
import io
import random
import struct
import subprocess
import tarfile

import pytest

from books import BOOK, BOOK_RELS, HEADER, RELS, TYPES, XLSX, Book, relationships
from universal import judge
from zip_bytes import STORED, Entry, archive

SEED = 11
BLOCK = 512


def compound(*stream_names, counts=0, sizes=0):
    """An OLE compound file (MS-CFB) of a header and a directory; `counts` and `sizes` go where the
    header counts its tables and the directory its bytes."""
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, counts, counts, 0, 0, 4096, counts, counts,
        counts, counts, counts)
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 2 * len(name) + 2, 2, 1)
        + bytes(48) + struct.pack("<Iq", 0, sizes) for name in stream_names)
    return header.ljust(BLOCK, b"\xff") + directory.ljust(BLOCK, b"\0")


def package(parts):
    return archive([Entry(name.encode(), text) for name, text in parts.items()])


def office(target, kind):
    """A package whose office document is of another kind."""
    types = f'<Override PartName="/{target}" ContentType="{kind}"/>'
    return Book().with_part(RELS, relationships(("r1", "officeDocument", target))).swapped(
        TYPES, "<Override", types + "<Override").with_part(target, "<x/>").bytes()


def open_document():
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive([Entry(b"mimetype", kind, STORED), Entry(b"content.xml", b"<x/>")])


def with_macros():
    return Book().swapped(
        BOOK_RELS, "</", '<Relationship Id="r9" Type="http://schemas.microsoft.com/office/2006/'
        'relationships/vbaProject" Target="vbaProject.bin"/></').with_part(
            "xl/vbaProject.bin", b"\xd0\xcf").bytes()


def tarred():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        info = tarfile.TarInfo("book.xlsx")
        info.size = 2
        tar.addfile(info, io.BytesIO(b"PK"))
    return file.getvalue()


CSV = ",".join(HEADER) + "\nacme.12345.service,ann@acme.example,Ann,Lee,,Luminate Wholesale,\n"
XML_2003 = ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
            "</Workbook>")
MHTML = "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><table></table></html>"
GOOD = Book().bytes()
NOISE = random.Random(SEED).randbytes(20)
ENDLESS = {"counts": 0xFFFF_FFFF, "sizes": -1}

FILES = {
    "1 nothing": (b"", "file.empty"),
    "2 PK and noise": (b"PK" + NOISE, "type.not_spreadsheet"),
    "2 a local header and noise": (b"PK\3\4" + NOISE, "zip.truncated"),
    "2 an end record alone": (archive([]), "zip.no_entries"),
    "3 CSV": (CSV.encode(), "type.csv"),
    "3 CSV with mark": (b"\xef\xbb\xbf" + CSV.encode(), "type.csv"),
    "3 CSV in UTF-16": (CSV.encode("utf-16"), "type.csv"),
    "3 CSV that names its separator": (b"sep=;\n" + CSV.replace(",", ";").encode(), "type.csv"),
    "4 an HTML table": (b"<table><tr><td>Company Name</td></tr></table>", "type.html"),
    "4 MHTML": (MHTML.encode(), "type.html"),
    "4 XML of 2003": (XML_2003.encode(), "type.xml2003"),
    "5 encrypted": (compound("EncryptionInfo", "EncryptedPackage"), "type.encrypted"),
    "6 BIFF in a compound file": (compound("Workbook"), "type.xls"),
    "6 BIFF without one": (b"\x09\x08\x08\x00\x00\x05\x10\x00" + bytes(40), "type.xls"),
    "7 endless tables, encrypted": (compound("EncryptedPackage", **ENDLESS), "type.encrypted"),
    "7 endless tables": (compound("Workbook", **ENDLESS), "type.xls"),
    "8 ods": (open_document(), "type.ods"),
    "8 numbers": (package({"Index/Document.iwa": b"x"}), "type.numbers"),
    "8 docx": (office("word/document.xml", "application/vnd.openxmlformats-officedocument."
                      "wordprocessingml.document.main+xml"), "type.not_spreadsheet"),
    "8 plain zip": (package({"a.txt": b"x"}), "type.not_spreadsheet"),
    "8 jar": (package({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n"}),
              "type.not_spreadsheet"),
    "8 xlsb": (office("xl/workbook.bin",
                      "application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "type.xlsb"),
    "9 xlsm by its type": (Book().swapped(
        TYPES, f"{XLSX}.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml").bytes(), "type.macro_enabled"),
    "9 xlsx with macros": (with_macros(), "type.macro_enabled"),
    "10 PDF before": (b"%PDF-1.7\n" + GOOD, "type.not_spreadsheet"),
    "10 PNG before": (b"\x89PNG\r\n\x1a\n" + GOOD, "type.not_spreadsheet"),
    "10 EXE before": (b"MZ" + bytes(100) + GOOD, "type.not_spreadsheet"),
    "10 HTML behind": (GOOD + b"<html></html>", "zip.trailing_data"),
    # The second one's directory closes the file, and the first stands before what it counts.
    "10 ZIP behind": (GOOD + archive([Entry(b"a")]), "zip.prefix_data"),
    "11 gzip": (gzip.compress(GOOD, mtime=0), "type.not_spreadsheet"),
    "11 7z": (b"7z\xbc\xaf\x27\x1c\0\4" + NOISE, "type.not_spreadsheet"),
    "11 rar": (b"Rar!\x1a\x07\x01\0" + NOISE, "type.not_spreadsheet"),
    "11 tar": (tarred(), "type.not_spreadsheet"),
    "11 zstd": (b"\x28\xb5\x2f\xfd" + NOISE, "type.not_spreadsheet"),
}


@pytest.mark.parametrize("label", FILES)
def test_a_file_that_is_something_else_is_called_so(label, tmp_path):
    data, code = FILES[label]
    outcome = judge(data, tmp_path, seconds=0.5)
    assert (outcome.status, outcome.codes) == (2, [code])


NAMES = {
    "12 a quote and a line end": "a\"'\r\n.xlsx",
    "12 right to left": "a\u202exslx.exe",
    "12 two endings": "x.xlsx.exe",
    "12 the longest": "n" * 250 + ".xlsx",
    "12 a dash": "-o.xlsx",
    "12 markup": "<img src=x onerror=alert(1)>.xlsx",
    "12 an escape of terminals": "\x1b[31mred.xlsx",
}


@pytest.mark.parametrize("label", NAMES)
def test_a_name_changes_nothing_and_is_shown_harmlessly(label, tmp_path):
    outcome = judge(GOOD, tmp_path, name=NAMES[label])
    assert (outcome.status, outcome.accepted) == (0, 3)
    assert outcome.report["workbook"]["name"] == NAMES[label]


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("label", NAMES)
def test_12_a_name_is_no_markup_and_no_control(label, form, tmp_path):
    from driver import DOMAINS, FASTEST
    (tmp_path / NAMES[label]).write_bytes(GOOD)
    done = subprocess.run(
        [FASTEST, "check", tmp_path / NAMES[label], *DOMAINS, "--format", form],
        capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0
    assert not {"\x1b", "\r", "\u202e"} & set(said)
    assert "<img" not in said or form == "text"
