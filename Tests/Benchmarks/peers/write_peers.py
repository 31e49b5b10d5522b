"""write_peers.py rustpy|xlsxwriter ROWS OUT.xlsx: writes the rows of write_libxlsxwriter.c.

Says the seconds of writing alone: making the rows as Python objects first is not the writer's work.
"""

import sys
import time

HEADER = [
    "Company Name", "Email Address", "First Name", "Last Name", "Customer Billing Reference",
    "Platform", "Package", "Seats"]
FIRST_NAMES = ["Ada", "Bob", "Chloe", "Dmitri", "Farid"]
PACKAGES = ["Free", "Essentials", "Pro", "Enterprise"]


def customer(number):
    company = f"customer{number:07d}.uk.service"
    return [
        company, f"admin{number}@customer{number:07d}.example.com", FIRST_NAMES[number % 5],
        "Smith", company, "Luminate Wholesale", PACKAGES[number % 4], number % 500]


def rustpy(rows, path):
    import rustpy_xlsxwriter
    records = [dict(zip(HEADER, customer(number))) for number in range(1, rows + 1)]
    start = time.monotonic()
    rustpy_xlsxwriter.write_worksheet(records, path)
    return time.monotonic() - start


def xlsxwriter(rows, path):
    import xlsxwriter
    lines = [HEADER] + [customer(number) for number in range(1, rows + 1)]
    start = time.monotonic()
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Customers")
        for index, line in enumerate(lines):
            sheet.write_row(index, 0, line)
    return time.monotonic() - start


WRITERS = {writer.__name__: writer for writer in (rustpy, xlsxwriter)}

if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in WRITERS:
        sys.exit(__doc__)
    print(f"seconds={WRITERS[sys.argv[1]](int(sys.argv[2]), sys.argv[3]):.4f}")
