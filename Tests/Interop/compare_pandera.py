"""compare_pandera.py ROWGATE PEERS PYTHON: times `rowgate check` against pandera on 10,000 rows.

ROWGATE is the release binary, PEERS the folder with make_workbook.py and check_peers.py, PYTHON one
that has pandera, polars and fastexcel. Both are whole processes, run in turn; the median of the
paired ratios must not exceed 0.5.
"""

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROWS = 10_000
PAIRS = 7
RATIO_MAX = 0.5


def main(rowgate, peers, python):
    with tempfile.TemporaryDirectory() as folder:
        book, domains = f"{folder}/customers.xlsx", f"{folder}/domains.txt"
        done(python, f"{peers}/make_workbook.py", ROWS, book, "--domains", domains)
        ours = (rowgate, "check", book, "--portal", "studio", "--domains", domains)
        theirs = (python, f"{peers}/check_peers.py", "pandera", book)
        pairs = [(seconds(*ours), seconds(*theirs)) for _ in range(PAIRS + 1)][1:]
    ratio = statistics.median(our / their for our, their in pairs)
    print(f"rowgate {median(pairs, 0):.3f} s, pandera {median(pairs, 1):.3f} s,"
          f" median of {PAIRS} ratios {ratio:.3f} (at most {RATIO_MAX})")
    return 0 if ratio <= RATIO_MAX else 1


def median(pairs, index):
    return statistics.median(pair[index] for pair in pairs)


def seconds(*command):
    start = time.monotonic()
    done(*command)
    return time.monotonic() - start


def done(*command):
    """Runs to the end; the workbook is a good one, so anything but 0 is an error."""
    subprocess.run(
        [str(part) for part in command], check=True, stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), *sys.argv[2:]))
