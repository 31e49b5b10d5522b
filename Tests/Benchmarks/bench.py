"""bench.py --binary ROWGATE [--pairs N] [--rows N] [--only GROUP,…] [--libxlsxwriter PROGRAM]
         [--keep FILE]

Measures a release build beside its peers and prints a table. GROUP is one of read, inline, check,
import, peaks, ledger, sheets, cold, write, scaling. `run` builds and calls this; README.md tells the
method.
"""

import argparse
import os
import pathlib
import sys

import machine
from lines import GROUPS, Bench
from measure import MeasuringError
from programs import Programs
from table import table
from workbooks import Workbooks

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".bench"
ROWS = 1_000_000
PAIRS_MIN = 5


def main(options):
    bench = Bench(
        Programs(options.binary.resolve(), CACHE / "written"), Workbooks(CACHE),
        options.libxlsxwriter, options.rows, options.pairs)
    groups = options.only or list(GROUPS)
    lines, load = [], [os.getloadavg()[0]]
    for group in groups:
        print(f"bench: {group}", file=sys.stderr)
        lines += GROUPS[group](bench)
        load.append(os.getloadavg()[0])
    told = "\n\n".join([" \\\n".join(head(options, load)), table(lines)]) + "\n"
    print(told, end="")
    if options.keep and is_whole(options):
        options.keep.write_text(told)


def head(options, load):
    rows = "" if options.rows == ROWS else " The goals are those of 1,000,000."
    return [
        *machine.described(options.libxlsxwriter),
        f"{options.rows:,} rows x 8, medians of {options.pairs} pairs (lowest to highest).{rows}"
        f" The machine's load before and after each group: {min(load):.1f} to {max(load):.1f}."]


def is_whole(options):
    """Only what measures everything, as the goals are meant, may stand in for the last table."""
    return options.rows == ROWS and options.pairs >= PAIRS_MIN and not options.only


def groups(text):
    names = text.split(",")
    if unknown := set(names) - set(GROUPS):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: none of {', '.join(GROUPS)}")
    return names


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--pairs", type=int, default=PAIRS_MIN)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--only", type=groups)
    parser.add_argument("--libxlsxwriter", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    try:
        main(parser.parse_args())
    except MeasuringError as error:
        sys.exit(f"bench: {error}")
