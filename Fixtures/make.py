"""make.py [--new]: makes the fixtures with the programs README.md names.

Files that come out the same each time are written always; those of LibreOffice and msoffcrypto-tool,
which put the clock or a salt into them, only where missing or with --new.
"""

import pathlib
import sys

from makers import (
    by_hand, mixed, small, with_libreoffice, with_msoffcrypto, with_openpyxl, with_xlsxwriter)

HERE = pathlib.Path(__file__).resolve().parent
STUDIO = HERE / "studio"
BAD = HERE / "bad"


def main(arguments):
    if arguments not in ([], ["--new"]):
        sys.exit(__doc__)
    STUDIO.mkdir(exist_ok=True)
    BAD.mkdir(exist_ok=True)
    by_hand.make_lists(STUDIO)
    with_openpyxl.make(STUDIO)
    with_xlsxwriter.make(STUDIO)
    small.make(HERE / "close", HERE / "nexudus")
    small.make_lists(HERE / "dimensions", HERE / "rainbow")
    mixed.make(HERE)
    by_hand.make_bad(BAD, STUDIO / "pasting.xlsx")
    if arguments or not (BAD / "old.xls").exists():
        with_libreoffice.make(STUDIO, BAD)
    if arguments or not (BAD / "encrypted.xlsx").exists():
        with_msoffcrypto.make(BAD, STUDIO / "pasting.xlsx")


if __name__ == "__main__":
    main(sys.argv[1:])
