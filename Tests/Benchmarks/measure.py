"""Whole processes from outside: seconds from start to end, and the most memory they held."""

import dataclasses
import os
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile
import time

POLL_SECONDS = 0.002


class MeasuringError(Exception):
    """A program did not end as it should."""


@dataclasses.dataclass(frozen=True)
class Program:
    """A command, the statuses it may end with, what it writes (a file or a folder, taken away
    before each run, as is whatever else it leaves), and whether it says its seconds itself."""

    name: str
    command: tuple
    statuses: tuple = (0,)
    output: pathlib.Path | None = None
    leaves: tuple = ()
    tells_seconds: bool = False


def seconds(program):
    """From before the start to after the end, or what the program says of itself."""
    clear(program)
    start = time.monotonic()
    output, _ = run(program, wait=lambda process: 0)
    elapsed = time.monotonic() - start
    return told_seconds(program, output) if program.tells_seconds else elapsed


def peak_mb(program):
    """The most that the process and those it started held together, in MB of 1,000,000 bytes.

    Each process counts with its own highest mark, so that the sum is rather too high than too low.
    """
    clear(program)
    _, highest = run(program, wait=watched)
    return highest / 1e6


def clear(program):
    for path in (program.output, *program.leaves):
        take_away(path)


def take_away(path):
    if path and path.is_dir():
        shutil.rmtree(path)
    elif path:
        path.unlink(missing_ok=True)


def run(program, wait):
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [str(part) for part in program.command], stdin=subprocess.DEVNULL, stdout=output,
            stderr=errors)
        highest = max(wait(process), ended(process))
        if process.returncode not in program.statuses:
            errors.seek(0)
            raise MeasuringError(
                f"{program.name} ended with {process.returncode}: {errors.read()[-500:]}")
        output.seek(0)
        return output.read(10_000) if program.tells_seconds else "", highest


def told_seconds(program, output):
    found = re.search(r"seconds=([0-9.]+)", output)
    if not found:
        raise MeasuringError(f"{program.name} did not say its seconds")
    return float(found[1])


def ended(process):
    """Waits for the end. The kernel's figure for the whole life, which no poll misses: it starts at
    what this process held when it started that one, and says nothing below that."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage.ru_maxrss * 1024 if usage.ru_maxrss > own else 0


def watched(process):
    """Polls until the process is over; the kernel keeps each one's highest mark."""
    peak = 0
    while not is_over(process):
        peak = max(peak, sum(map(highest_bytes, family(process.pid))))
        time.sleep(POLL_SECONDS)
    return peak


def is_over(process):
    """Whether it has ended; it stays to be waited for."""
    state = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return state is not None


def family(pid):
    """The process, and whatever its threads started and theirs did."""
    yield pid
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in text(path).split():
            yield from family(int(child))


def highest_bytes(pid):
    found = re.search(r"^VmHWM:\s*(\d+) kB", text(f"/proc/{pid}/status"), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def text(path):
    """A file of /proc, empty when its process has ended meanwhile."""
    try:
        return pathlib.Path(path).read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
