"""What must come of every file whatever is in it, whoever made it: the universal outcome."""

import functools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from driver import DOMAINS, FASTEST, STUDIO, TODAY, assert_counted, run

# A debug build, where there is no other, takes its time.
SLOWNESS = 1 if "ROWGATE_RELEASE" in os.environ else 10
# For what is at most 1 MiB.
CPU_SECONDS_MAX, WALL_TIMES = 1, 2
# How often what takes longer is tried, as machines are shared.
TRIES = 5
SMALL = 1 << 20
# Above what a good workbook takes, in KiB.
MORE_MEMORY_MAX = 64 * 1024
# What no file may take longer than, before it is killed.
DEADLINE_SECONDS = 60 * SLOWNESS
HERE = pathlib.Path(__file__).resolve().parent
# What the loader and the runtime open, and what every program may.
SYSTEM = re.compile(r"/(lib|lib64|usr|etc|sys|proc|dev|opt|root/\.local/share/swiftly)/|/etc/")


class Outcome:
    """Exit status and report of a check, and what it took."""

    def __init__(self, status, report, cpu, wall, memory):
        self.status, self.report = status, report
        self.cpu, self.wall, self.memory = cpu, wall, memory

    def took_at_most(self, seconds):
        """Of the processor's time; twice as much by the clock."""
        return self.cpu <= seconds and self.wall <= WALL_TIMES * seconds

    def least(self, other):
        """The same, with the less that was taken."""
        return Outcome(self.status, self.report, min(self.cpu, other.cpu),
                       min(self.wall, other.wall), min(self.memory, other.memory))

    @property
    def codes(self):
        """The codes of what keeps the file from being judged, each once."""
        return sorted({
            each["code"] for each in self.report["findings"]
            if self.status == 2 and each["severity"] == "error"})

    @property
    def cells(self):
        """What is wrong or to look at in cells: (cell, code)."""
        return [(each["cell"], each["code"]) for each in self.report["findings"]
                if each["cell"] and each["severity"] == "error"]

    @property
    def notes(self):
        return {each["code"] for each in self.report["findings"] if each["severity"] != "error"}

    @property
    def accepted(self):
        return self.report["counts"]["accepted"]


def judge(data, folder, *arguments, name="book.xlsx", memory=MORE_MEMORY_MAX, seconds=None):
    """Judges the bytes of a file in a folder of its own and asserts the universal outcome.

    Two runs, of one thread and of four: the second under strace, where that is there.
    """
    job = folder / "job"
    (job / "temporary").mkdir(parents=True)
    path = os.path.join(job, name)
    with open(path, "wb") as file:
        file.write(data)
    size = len(data)
    seconds = seconds or (CPU_SECONDS_MAX if size <= SMALL else None)
    first = timed(path, job, arguments)
    for _ in range(TRIES - 1):
        # What others do on the machine only ever adds to it.
        if not seconds or first.took_at_most(seconds * SLOWNESS):
            break
        first = first.least(timed(path, job, arguments))
    again, opened = watched(path, job, arguments)

    assert first.status in (0, 1, 2)
    assert (again.status, again.report) == (first.status, first.report)
    assert_coded(first)
    assert_counted(first.report)
    if seconds:
        assert first.took_at_most(seconds * SLOWNESS), (first.cpu, first.wall)
    assert first.memory <= memory_of_a_good_book() + memory, "KiB"
    forbidden = [each for each in opened if not is_allowed(each, path, job)]
    assert not forbidden, forbidden
    left = {str(each.relative_to(job)) for each in job.rglob("*")}
    assert left == {"temporary", os.path.relpath(path, job)}
    shutil.rmtree(job)
    return first


def assert_coded(outcome):
    """One terminal status, codes of the registry, and one code for a file that can't be read."""
    errors = [each for each in outcome.report["findings"] if each["severity"] == "error"]
    assert {each["code"] for each in outcome.report["findings"]} <= registry()
    assert outcome.status != 0 or not errors
    assert outcome.status != 1 or errors
    if outcome.status == 2:
        assert errors and outcome.accepted == 0
        assert outcome.report["counts"]["rows"] == 0
        of_structure = all(code.startswith(("header.", "sheet.")) for code in outcome.codes)
        assert len(errors) == 1 or of_structure


@functools.cache
def registry():
    """Every code there is."""
    return set(re.findall(r"^([a-z]+\.[a-z0-9_]+)", run("explain").stdout, re.MULTILINE))


@functools.cache
def memory_of_a_good_book():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "job").mkdir()
        return timed(STUDIO / "good.xlsx", pathlib.Path(folder) / "job", ()).memory


def command(path, arguments):
    return [FASTEST, "check", path, "--portal", "studio", *DOMAINS, *TODAY, "--format", "json",
            *arguments]


def environment(job, threads):
    return {"PATH": os.environ["PATH"], "TMPDIR": str(job / "temporary"),
            "ROWGATE_THREADS": threads}


def timed(path, job, arguments):
    """The outcome with one thread, and what it took; nothing of it is left running."""
    start = time.monotonic()
    result = job.parent / "took.json"
    done = subprocess.run(
        [sys.executable, "-I", "-S", HERE / "measured.py", result, str(DEADLINE_SECONDS),
         *command(path, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        env=environment(job, "1"), cwd=job, timeout=4 * DEADLINE_SECONDS, check=True)
    wall = time.monotonic() - start
    took = json.loads(result.read_text())
    assert took["status"] >= 0, signal.Signals(-took["status"]).name
    assert not took["is_running"], "a child is left"
    return Outcome(took["status"], json.loads(done.stdout), took["cpu"], wall, took["memory"])


def watched(path, job, arguments):
    """The outcome with four threads, and every file and socket that was opened for it."""
    log = job.parent / "opened"
    before = ["strace", "-f", "-qq", "-o", log, "--seccomp-bpf", "-e",
              "trace=network,open,openat,creat,unlink,rename"] if has_strace() else []
    done = subprocess.run(
        [*before, *command(path, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        env=environment(job, "4"), cwd=job, timeout=4 * DEADLINE_SECONDS, check=False)
    opened = log.read_text(errors="replace").splitlines() if before else []
    return Outcome(done.returncode, json.loads(done.stdout), 0, 0, 0), opened


@functools.cache
def has_strace():
    """Whether calls can be watched here; containers may forbid it."""
    return bool(shutil.which("strace")) and subprocess.run(
        ["strace", "-f", "-qq", "-o", os.devnull, "--seccomp-bpf", "-e", "trace=openat", "true"],
        capture_output=True, check=False).returncode == 0


def is_allowed(line, path, job):
    """No socket, and no file but the system's, the input, the list and what lies in the folder for
    temporary files."""
    if line.endswith("+++") or line.rstrip().endswith("---") or "resumed>" in line:
        return True
    # A thread that the end of its process met at the door of a call: which one is not known, and
    # nothing came of it.
    if re.fullmatch(r"\d+ +(\?\?\?\(|openat\(AT_FDCWD, 0x[0-9a-f]+).*<unfinished \.\.\.>", line.strip()):
        return True
    opened = re.search(r'"((?:[^"\\]|\\.)*)"', line)
    if not re.search(r"\b(open|openat|creat|unlink|rename)\(", line) or not opened:
        return False
    name = opened[1].encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")
    inside = str(job / "temporary") + "/"
    return (bool(SYSTEM.match(name)) or "ENOENT" in line or name.startswith(inside)
            or name in (str(path), str(DOMAINS[1])) or str(FASTEST.parent) in name)
