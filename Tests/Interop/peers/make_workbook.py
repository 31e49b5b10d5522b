"""make_workbook.py ROWS OUT.xlsx --domains OUT.txt: good customers, and the list of their domains."""

import sys

import xlsxwriter

HEADER = [
    "Company Name", "Email Address", "First Name", "Last Name", "Customer Billing Reference",
    "Platform", "Package"]


def main(rows, target, option, domains):
    assert option == "--domains"
    with xlsxwriter.Workbook(target) as book, open(domains, "w", encoding="utf-8") as names:
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, HEADER)
        for row in range(1, int(rows) + 1):
            name = f"customer{row}.12345.service"
            names.write(name + "\n")
            sheet.write_row(row, 0, [
                name, f"ann{row}@customer{row}.example", "Ann", "Lee", name, "Luminate Wholesale",
                "Free"])


if __name__ == "__main__":
    main(*sys.argv[1:])
