"""Programs measured together, in turn, so that a machine that slows down slows all of them."""

import dataclasses
import statistics

from measure import peak_mb, seconds


@dataclasses.dataclass
class Runs:
    """The runs of one program; the n-th of each program in a sitting are neighbours."""

    name: str
    peak_mb: float
    seconds: list = dataclasses.field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.seconds)

    def ratios(self, other):
        return [mine / its for mine, its in zip(self.seconds, other.seconds)]

    def said(self):
        return f"{self.median:.2f} s, {self.peak_mb:.0f} MB"


def sitting(*programs, rounds):
    """A, B, C, A, B, C …: a run of each for its memory, which also warms the file cache, then
    `rounds` that are timed. A program that is nothing gives nothing."""
    runs = [program and Runs(program.name, peak_mb(program)) for program in programs]
    for _ in range(rounds):
        for program, measured in zip(programs, runs):
            if program:
                measured.seconds.append(seconds(program))
    return runs
