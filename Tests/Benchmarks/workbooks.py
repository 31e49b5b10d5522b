"""The workbooks that are measured: made once, kept in a folder for each version of their maker."""

import hashlib
import pathlib
import subprocess
import sys

MAKER = pathlib.Path(__file__).with_name("make_workbook.py")
SHEETS_MAKER = MAKER.with_name("make_sheets.py")
BAD_PERCENT = 2


class Workbooks:
    def __init__(self, folder):
        version = hashlib.sha256(MAKER.read_bytes()).hexdigest()[:8]
        self.folder = folder / f"workbooks-{version}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def customers(self, rows, inline=False, first=1):
        """The workbook, with faults in 2 % of its rows, and the list of the domains that exist."""
        stem = f"customers-{rows}{'-inline' if inline else ''}{f'-from-{first}' if first > 1 else ''}"
        book, names = (self.folder / f"{stem}.{kind}" for kind in ("xlsx", "txt"))
        if not book.exists():
            self.make(rows, book, names, inline, first)
        return book, names

    def sheets(self, rows):
        """Rows over four sheets, and the folder of their portal without what looks beyond a row.
        Both are made each time, as they follow the portal."""
        book, flat = self.folder / f"sheets-{rows}.xlsx", self.folder / "flat"
        subprocess.run([sys.executable, SHEETS_MAKER, str(rows), book, flat], check=True)
        return book, flat

    def make(self, rows, book, names, inline, first):
        """Under another name first: what is here is whole."""
        print(f"bench: {book.name} is made, once", file=sys.stderr)
        partial = book.with_suffix(".partial")
        subprocess.run(
            [sys.executable, MAKER, str(rows), partial, "--bad", str(BAD_PERCENT),
             "--domains", names, "--first", str(first)] + ["--inline"] * inline, check=True)
        partial.rename(book)
