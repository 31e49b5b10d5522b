"""compare_pandera.py ROWGATE: times `rowgate check` against pandera on 10,000 rows.

ROWGATE is a release binary; the Python that runs this has the peers. Both are whole processes, run
in turn; the median of the paired ratios must not exceed 0.5.
"""

import pathlib
import statistics
import subprocess
import sys
import tempfile

from measure import Program, seconds

HERE = pathlib.Path(__file__).parent
ROWS = 10_000
PAIRS = 7
RATIO_MAX = 0.5


def main(rowgate):
    with tempfile.TemporaryDirectory() as folder:
        book, domains = f"{folder}/customers.xlsx", f"{folder}/domains.txt"
        subprocess.run(
            [sys.executable, HERE / "make_workbook.py", str(ROWS), book, "--domains", domains],
            check=True)
        ours = Program("rowgate", (
            rowgate, "check", book, "--portal", "studio", "--domains", domains))
        theirs = Program("pandera", (
            sys.executable, HERE / "peers/check_peers.py", "pandera", book))
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(PAIRS + 1)][1:]
    ratio = statistics.median(our / their for our, their in pairs)
    our, their = map(statistics.median, zip(*pairs))
    print(f"rowgate {our:.3f} s, pandera {their:.3f} s,"
          f" median of {PAIRS} ratios {ratio:.3f} (at most {RATIO_MAX})")
    return 0 if ratio <= RATIO_MAX else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
