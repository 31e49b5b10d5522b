"""Small workbooks of customers, put together part by part so that any of them can be broken."""

from xml.sax.saxutils import escape

from zip_bytes import Entry, archive

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STRICT = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
          OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships"}
TYPES, RELS = "[Content_Types].xml", "_rels/.rels"
BOOK, BOOK_RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
EVERY_PART = (TYPES, RELS, BOOK, BOOK_RELS, SHEET, STRINGS, STYLES)
HEADER = ["Company Name", "Email Address", "First Name", "Last Name",
          "Customer Billing Reference", "Platform", "Package"]
NAMES = ["acme", "acme-north", "alder", "elder"]


class Raw(str):
    """A cell as XML, to stand as it is."""


def customer(index, **values):
    """A good row, but for the values named by column letter."""
    name = NAMES[index]
    row = [f"{name}.12345.service", f"ann@{name}.example", "Ann", "Lee", "", "Luminate Wholesale",
           ""]
    return [values.get(letter, value) for letter, value in zip("ABCDEFG", row)]


def sheet(rows, before="", after=""):
    return (f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(rows)}</sheetData>{after}'
            "</worksheet>")


def row(number, cells, attributes=""):
    content = "".join(
        cell(f"{letter}{number}", value) for letter, value in zip("ABCDEFGHIJ", cells))
    return f'<row r="{number}"{attributes}>{content}</row>'


def cell(reference, value):
    if isinstance(value, Raw):
        return value.replace("<c", f'<c r="{reference}"', 1) if " r=" not in value else value
    return (f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t>'
            "</is></c>") if value else ""


def number(lexeme, style=0):
    return Raw(f'<c s="{style}"><v>{lexeme}</v></c>')


def relationships(*all_of_them):
    """Relationships of (id, type, target), and what else stands in the element."""
    elements = "".join(
        f'<Relationship Id="{each[0]}" Type="{OFFICE}/{each[1]}" Target="{each[2]}"'
        f'{each[3] if len(each) > 3 else ""}/>' for each in all_of_them)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{elements}</Relationships>'


def workbook(sheets, before=""):
    return (f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheets>{sheets}</sheets>'
            "</workbook>")


class Book(dict):
    """The parts of a workbook with a sheet `Customers`, by name and in order; three good rows when
    none are given."""

    def __init__(self, *customers, rows=None, after=""):
        customers = customers or (customer(0), customer(1), customer(2))
        if rows is None:
            rows = [row(at, each) for at, each in enumerate([HEADER, *customers], 1)]
        super().__init__({
            TYPES: f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                   'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                   '<Default Extension="xml" ContentType="application/xml"/>'
                   f'<Override PartName="/{BOOK}" ContentType="{XLSX}.sheet.main+xml"/></Types>',
            RELS: relationships(("r1", "officeDocument", BOOK)),
            BOOK: workbook('<sheet name="Customers" sheetId="1" r:id="r1"/>'),
            BOOK_RELS: relationships(
                ("r1", "worksheet", "worksheets/sheet1.xml"),
                ("r2", "sharedStrings", "sharedStrings.xml"), ("r3", "styles", "styles.xml")),
            SHEET: sheet(rows, after=after),
            STRINGS: strings("Ann", "Lee"),
            STYLES: styles("<xf/>")})

    def swapped(self, part, old, new):
        """The book with something else in a part."""
        assert old in self[part], (part, old)
        self[part] = self[part].replace(old, new, 1)
        return self

    def with_part(self, part, text):
        self[part] = text
        return self

    def entries(self, **options):
        return [
            Entry(name.encode(), text if isinstance(text, bytes) else text.encode(), **options)
            for name, text in self.items()]

    def bytes(self):
        return archive(self.entries())


def strings(*texts):
    return f'<sst xmlns="{MAIN}">' + "".join(
        f"<si><t>{escape(text)}</t></si>" for text in texts) + "</sst>"


def styles(formats, number_formats=""):
    return (f'<styleSheet xmlns="{MAIN}"><numFmts>{number_formats}</numFmts>'
            f"<cellXfs>{formats}</cellXfs></styleSheet>")
