"""make_workbook.py ROWS OUT.xlsx [--inline] [--notes] [--bad PERCENT] [--domains OUT.txt] [--first N]

Made-up customers. Eight columns, the last one of numbers, and with --notes one of long texts; shared
strings as Excel writes them, or inline ones. Every bad row has one fault of four kinds. --domains
takes the names that exist, a line each; --first is the first
customer's number. The seed and the date are fixed: the same arguments give the
same bytes.
"""

import argparse
import contextlib
import datetime
import random

import xlsxwriter

SEED = 7
MADE = datetime.datetime(2026, 1, 5, 9)
HEADER = [
    "Company Name", "Email Address", "First Name", "Last Name", "Customer Billing Reference",
    "Platform", "Package", "Seats"]
REGIONS = ["uk", "eu", "us"]
FIRST_NAMES = [
    "Ada", "Bob", "Chloe", "Dmitri", "Élodie", "Farid", "Grace", "Hiro", "Ines", "Jürgen"]
LAST_NAMES = [
    "Smith", "O'Neil", "García", "Müller", "Nowak", "Kim", "Okafor", "Rossi", "Silva", "Zhou"]
NOTE = "moved here from another provider, ports its numbers next month; " * 6
PACKAGES = ["Free", "Essentials", "Pro", "Enterprise"]


def main(arguments):
    chance = random.Random(SEED)
    with contextlib.ExitStack() as open_files:
        book = open_files.enter_context(xlsxwriter.Workbook(
            arguments.out, {"constant_memory": arguments.inline, "strings_to_urls": False}))
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, HEADER + ["Notes"] * arguments.notes)
        names = arguments.domains and open_files.enter_context(
            open(arguments.domains, "w", encoding="utf-8"))
        for row in range(1, arguments.rows + 1):
            number = arguments.first + row - 1
            customer = good_customer(number, chance)
            if names:
                names.write(customer[0] + "\n")
            if chance.random() * 100 < arguments.bad:
                spoil(customer, number, chance.randrange(4))
            if arguments.notes:
                customer.append(f"{number}: " + NOTE)
            sheet.write_row(row, 0, customer)


def good_customer(number, chance):
    company = f"customer{number:07d}.{chance.choice(REGIONS)}.service"
    return [
        company, address(number), chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES), company,
        "Luminate Wholesale", chance.choice(PACKAGES), chance.randint(1, 500)]


def spoil(customer, number, kind):
    """The address of the row before, no platform, an unknown domain, or another reference."""
    if kind == 0:
        customer[1] = address(max(1, number - 1))
    elif kind == 1:
        customer[5] = ""
    elif kind == 2:
        customer[0] = customer[4] = customer[0] + "x"
    else:
        customer[4] = f"REF-{number}"


def address(number):
    return f"admin{number}@customer{number:07d}.example.com"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("out")
    parser.add_argument("--inline", action="store_true")
    parser.add_argument("--notes", action="store_true")
    parser.add_argument("--bad", type=float, default=0)
    parser.add_argument("--domains")
    parser.add_argument("--first", type=int, default=1)
    main(parser.parse_args())
