"""make_sheets.py ROWS OUT.xlsx FLAT: a quarter of the rows on each of four sheets that refer to each
other both ways, and in the folder FLAT the same portal with no rule that looks beyond its row.

Rooms count their hosts, and hosts look at their room, its company and their contact. What comes out
is judged without a fault, so that both ways do the same but for those rules. The same arguments give
the same bytes.
"""

import argparse
import datetime
import pathlib

import xlsxwriter
import yaml

PORTAL = "close"
TEMPLATES = pathlib.Path(__file__).resolve().parents[2] / "Templates"
MADE = datetime.datetime(2026, 1, 5, 9)
SHEETS = {
    "Companies": ["Company Name", "Customer Status"],
    "Contacts": ["Email Address", "First Name", "Last Name", "Company"],
    "Rooms": ["Company", "Room Name", "Product Type", "Room Status"],
    "Hosts": ["Company", "Room", "Host", "Owner"],
}
# Rules that look at other rows, sheets or records.
BEYOND = {
    "absentFrom", "among", "countPerParent", "likeParent", "noConflict", "references", "sameParent"}


def main(arguments):
    with xlsxwriter.Workbook(arguments.out, {"strings_to_urls": False}) as book:
        book.set_properties({"created": MADE})
        sheets = [book.add_worksheet(name) for name in SHEETS]
        for sheet, header in zip(sheets, SHEETS.values()):
            sheet.write_row(0, 0, header)
        for number in range(1, arguments.rows // len(SHEETS) + 1):
            for sheet, cells in zip(sheets, rows(number)):
                sheet.write_row(number, 0, cells)
    folder = arguments.flat / PORTAL
    folder.mkdir(parents=True, exist_ok=True)
    definition = yaml.safe_load((TEMPLATES / PORTAL / "portal.yaml").read_text(encoding="utf-8"))
    text = yaml.safe_dump(flat(definition), sort_keys=False, allow_unicode=True)
    (folder / "portal.yaml").write_text(text, encoding="utf-8")


def rows(number):
    """A company with its contact, team room and host, a row of each sheet."""
    company, room = f"Company {number:07d}", f"Room {number % 7}"
    address = f"ann{number}@company{number:07d}.example"
    return (
        [company, "customer"], [address, "Ann", f"Lee {number % 97}", company],
        [company, room, "team room", "paid subscriber"], [company, room, address, "Yes"])


def flat(definition):
    for sheet in definition["sheets"]:
        for holder in (sheet, *sheet["fields"]):
            if "rules" in holder:
                holder["rules"] = [rule for rule in holder["rules"] if not looks_beyond(rule)]
    for operation in definition["operations"]:
        # What is read through a reference.
        operation["data"] = {
            name: source for name, source in operation.get("data", {}).items()
            if isinstance(source, str)}
    return definition


def looks_beyond(rule):
    return rule["rule"] in BEYOND or asks_parent(rule.get("when"))


def asks_parent(condition):
    if isinstance(condition, dict):
        return "parent" in condition or any(map(asks_parent, condition.values()))
    return isinstance(condition, list) and any(map(asks_parent, condition))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("out")
    parser.add_argument("flat", type=pathlib.Path)
    main(parser.parse_args())
