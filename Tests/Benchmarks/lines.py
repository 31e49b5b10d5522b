"""The lines of the table: what is measured, beside what, and the goal of each."""

import dataclasses
import operator
import statistics

from measure import peak_mb, seconds
from programs import fastexcel, floor, pandera
from sitting import sitting

COLD_RUNS = 20
PEAK_RUNS = 3
# Short runs are noisier, and cheap.
SHORT_RUNS = 9
SHORT_ROWS = 100_000


@dataclasses.dataclass(frozen=True)
class Line:
    """`figure` must be at most `goal`; without a figure, `theirs` says why it was left out.

    A figure in MB, ms or s is Rowgate's own; any other is a ratio. `floor` is Rowgate's time in
    times of inflating alone.
    """

    what: str
    theirs: str
    figure: float | None = None
    goal: float | None = None
    unit: str = ""
    ours: str = ""
    spread: tuple | None = None
    floor: float | None = None

    @property
    def is_ratio(self):
        return self.unit not in ("MB", "ms", "s")

    @property
    def verdict(self):
        if self.figure is None:
            return "left out"
        return "holds" if self.figure <= self.goal else "does not hold"


class Bench:
    """Each method measures a group of lines; `rows` of the large workbooks, `pairs` of runs."""

    def __init__(self, programs, workbooks, libxlsxwriter, rows, pairs):
        self.programs = programs
        self.workbooks = workbooks
        self.c_writer = libxlsxwriter
        self.rows = rows
        self.pairs = pairs

    def read(self):
        book, _ = self.workbooks.customers(self.rows)
        return self.beside_reader("read, shared strings", self.programs.inspect(book), book, 0.40)

    def inline(self):
        book, _ = self.workbooks.customers(self.rows, inline=True)
        return self.beside_reader("read, inline strings", self.programs.inspect(book), book, 0.45)

    def check(self):
        book, names = self.workbooks.customers(self.rows)
        ours, reader, checker, least = sitting(
            self.programs.check(book, names), fastexcel(book), pandera(book), floor(book),
            rounds=self.pairs)
        return [
            beside("check", ours, reader, "fastexcel only reading", 1.0, least),
            beside("check", ours, checker, "polars and pandera, 4 rules", 0.50, least)]

    def imported(self):
        book, names = self.workbooks.customers(self.rows)
        ours = self.programs.imported(book, names)
        return self.beside_reader("import", ours, book, 2.0, "fastexcel only reading")

    def beside_reader(self, what, program, book, goal, name="fastexcel"):
        ours, theirs, least = sitting(program, fastexcel(book), floor(book), rounds=self.pairs)
        return [beside(what, ours, theirs, name, goal, least)]

    def peaks(self):
        return [
            line for rows, goal in ((self.rows, 200), (self.rows // 10, 60))
            for line in self.peaks_of(rows, goal)]

    def peaks_of(self, rows, goal):
        """The highest of some runs."""
        book, names = self.workbooks.customers(rows)
        reader = fastexcel(book)
        theirs = f"fastexcel only reading: {peak_mb(reader):.0f} MB" if reader else ""
        for what, program in (
                ("check", self.programs.check), ("import", self.programs.imported)):
            highest = max(peak_mb(program(book, names)) for _ in range(PEAK_RUNS))
            yield Line(f"{what} of {rows:,} rows, peak memory", theirs, highest, goal, "MB")

    def ledger(self):
        """Accepting is what importing takes longer than checking, in neighbouring runs."""
        rows = self.rows // 10
        ledger = self.programs.folder / "rowgate.db"
        accepted = self.programs.accepted(*self.workbooks.customers(rows), ledger)
        plain = self.programs.check(*self.workbooks.customers(rows))
        whole, judged = sitting(accepted, plain, rounds=self.pairs)
        spent = sorted(map(operator.sub, whole.seconds, judged.seconds))
        # The last of these runs left a ledger that knows its customers.
        return [
            Line(f"accept {rows:,} rows in a ledger", "", statistics.median(spent), 3, "s",
                 spread=(spent[0], spent[-1])),
            *(self.remembering(ledger, rows // 10, rows, first) for first in (1, rows + 1))]

    def remembering(self, ledger, rows, known, first):
        book, names = self.workbooks.customers(rows, first=first)
        ours, alone = sitting(
            self.programs.check(book, names, ledger=ledger), self.programs.check(book, names),
            rounds=max(self.pairs, SHORT_RUNS))
        which = "new ones" if first > known else "of them"
        return beside(
            f"check {rows:,} rows with {known:,} known customers, {which}", ours, alone,
            "itself without a ledger", 2.0)

    def sheets(self):
        """What references both ways cost."""
        rows = self.rows // 10
        book, flat = self.workbooks.sheets(rows)
        ours, alone = sitting(
            self.programs.checked_sheets(book), self.programs.checked_sheets(book, flat),
            rounds=max(self.pairs, SHORT_RUNS))
        what = f"check of {rows:,} rows over four sheets that refer to each other"
        return [beside(what, ours, alone, "itself without rules beyond a row", 1.5)]

    def cold(self):
        program = self.programs.check(*self.workbooks.customers(1_000))
        ours, = sitting(program, rounds=COLD_RUNS)
        milliseconds = sorted(each * 1_000 for each in ours.seconds)
        middle = statistics.median(milliseconds)
        what = "check of 1,000 rows, a new process"
        return [
            Line(what, "", middle, 50, "ms", spread=(milliseconds[0], milliseconds[-1])),
            Line(f"{what}, peak memory", "", ours.peak_mb, 40, "MB")]

    def write(self):
        what = f"write {self.rows:,} x 8"
        program = self.programs.write(self.rows)
        if not program:
            return [Line(what, "write-benchmark is not built")]
        others = (self.programs.libxlsxwriter(self.c_writer, self.rows),
                  self.programs.rustpy(self.rows))
        ours, *theirs = sitting(program, *others, rounds=self.pairs)
        sizes = {each.name: each.output.stat().st_size for each in (program, *others) if each}
        return [
            *(beside(what, ours, each, name, 0.40)
              for each, name in zip(theirs, ("libxlsxwriter, constant memory", "rustpy"))),
            size_line(what, sizes),
            Line(f"{what}, peak memory", "", ours.peak_mb, 40, "MB")]

    def scaling(self):
        return [
            self.growth("read", lambda book, names, **_: self.programs.inspect(book)),
            self.growth("check", self.programs.check),
            self.growth("import", self.programs.imported)]

    def growth(self, what, program):
        """Time a row at each size, the start taken off, which one good row shows."""
        sizes = sorted({self.rows // 100, self.rows // 10, self.rows})
        start = program(*self.workbooks.customers(1), faults=False)
        programs = [program(*self.workbooks.customers(size)) for size in sizes]
        peak_mb(start), peak_mb(programs[0])
        rounds = []
        for _ in range(self.pairs):
            base = middle(start, SHORT_RUNS)
            rounds.append([
                (middle(each, SHORT_RUNS if size < SHORT_ROWS else 1) - base) / size
                for size, each in zip(sizes, programs)])
        told = ", ".join(
            f"{statistics.median(column) * 1e6:.2f} µs at {size:,}"
            for size, column in zip(sizes, zip(*rounds)))
        ratios = [last / first for first, *_, last in rounds]
        return Line(
            f"{what}, time a row", f"itself at {sizes[0]:,} rows", statistics.median(ratios), 1.10,
            "of its time", told, (min(ratios), max(ratios)))


def beside(what, ours, theirs, name, goal, least=None):
    """The ratio of neighbouring runs, and how many floors ours is high."""
    if theirs is None:
        return Line(what, f"{name}: not installed", ours=ours.said())
    ratios = ours.ratios(theirs)
    return Line(
        what, f"{name}: {theirs.said()}", statistics.median(ratios), goal, "of its time",
        ours.said(), (min(ratios), max(ratios)),
        least and statistics.median(ours.ratios(least)))


def size_line(what, sizes):
    ours, theirs = sizes["rowgate"], sizes.get("libxlsxwriter")
    said = f"{ours / 1e6:.1f} MB"
    if theirs is None:
        return Line(f"{what}, file", "libxlsxwriter: not installed", ours=said)
    return Line(
        f"{what}, file", f"libxlsxwriter: {theirs / 1e6:.1f} MB", ours / theirs, 1.05,
        "of its size", said)


def middle(program, runs):
    return statistics.median(seconds(program) for _ in range(runs))


GROUPS = {
    "read": Bench.read, "inline": Bench.inline, "check": Bench.check, "import": Bench.imported,
    "peaks": Bench.peaks, "ledger": Bench.ledger, "sheets": Bench.sheets, "cold": Bench.cold,
    "write": Bench.write, "scaling": Bench.scaling}
