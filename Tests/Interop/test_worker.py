"""A file judged in a process of its own: the same outcome, and harm to that file alone."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

from driver import BAD, BINARY, DOMAINS, ROOT, STUDIO, TODAY, contents, run

# Rows that take long enough to be hit in the middle.
ROWS = 10_000
# A moment, however much else the machine has to do.
SECONDS = 60


def imported(book, folder, *options, lists=DOMAINS):
    return run("import", book, *lists, *TODAY, "--without-domain-check", *options, "-o", folder)


@pytest.mark.parametrize(
    "book", [STUDIO / "mixed.xlsx", STUDIO / "good.xlsx", BAD / "truncated.xlsx", BAD / "csv.xlsx"],
    ids=lambda path: path.stem)
def test_a_worker_does_what_an_import_does(book, tmp_path):
    here = imported(book, tmp_path / "a")
    apart = imported(book, tmp_path / "b", "--isolated")
    assert apart.returncode == here.returncode
    assert apart.stdout == here.stdout
    assert apart.stderr.replace(f"{tmp_path}/b", f"{tmp_path}/a") == here.stderr
    assert contents(tmp_path / "b") == contents(tmp_path / "a")


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    book, names = folder / "large.xlsx", folder / "domains.txt"
    subprocess.run(
        [sys.executable, ROOT / "Tests/Benchmarks/make_workbook.py", str(ROWS), book, "--bad", "2",
         "--domains", names], check=True)
    return book, ("--domains", names)


def started(book, lists, folder):
    """An isolated import under way."""
    return subprocess.Popen(
        [BINARY, *map(str, ("import", book, *lists, *TODAY, "--isolated", "-o", folder))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def worker_of(parent, other_than=None):
    """The process id of a worker, waited for."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        tasks = pathlib.Path(f"/proc/{parent.pid}/task")
        children = [
            int(child) for task in tasks.glob("*/children") for child in task.read_text().split()]
        for child in children:
            if child != other_than and b"\0worker\0" in command_line(child):
                return child
        time.sleep(0.005)
    raise AssertionError("there is no worker")


def standing_worker_of(parent, other_than=None, cpu=0):
    """A worker in the middle of its work, where it stands still until it is told to go on: it has
    bound itself, which it does step by step (open files come last), and worked for so long."""
    worker = worker_of(parent, other_than)
    deadline = time.monotonic() + SECONDS
    while limits_of(worker)["Max open files"] != ["64", "64"] or used(worker) < cpu:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.kill(worker, signal.SIGSTOP)
    while fields_of(worker)[0] not in "Tt":
        assert time.monotonic() < deadline and fields_of(worker)[0] not in "ZX"
        time.sleep(0.005)
    return worker


def harm_to(worker, harm):
    os.kill(worker, harm)
    os.kill(worker, signal.SIGCONT)


def fields_of(process):
    """Of /proc/PID/stat, from the state on."""
    return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def used(process):
    """Seconds of the processor that it took."""
    return sum(map(int, fields_of(process)[11:13])) / os.sysconf("SC_CLK_TCK")


def limits_of(process):
    """Soft and hard limit by their names."""
    lines = pathlib.Path(f"/proc/{process}/limits").read_text().splitlines()[1:]
    return {line[:26].strip(): line[26:].split()[:2] for line in lines}


def command_line(process):
    try:
        return pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("harm", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_worker_that_breaks_down_twice_harms_its_file_alone(harm, large, tmp_path):
    (tmp_path / "out").mkdir()
    struck = started(*large, tmp_path / "out/struck")
    other = started(*large, tmp_path / "out/other")
    first = standing_worker_of(struck, cpu=0.1)
    harm_to(first, harm)
    harm_to(standing_worker_of(struck, other_than=first, cpu=0.1), harm)
    said = struck.communicate(timeout=SECONDS)[1]
    assert struck.returncode == 2
    assert "[worker.crashed]" in said and "broke down" in said
    other.communicate(timeout=2 * SECONDS)
    assert other.returncode == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["other"]


def test_a_worker_that_breaks_down_once_is_not_noticed(large, tmp_path):
    (tmp_path / "out").mkdir()
    struck = started(*large, tmp_path / "out/o")
    os.kill(worker_of(struck), signal.SIGKILL)
    said = struck.communicate(timeout=2 * SECONDS)[1]
    assert struck.returncode == 1, said
    assert (tmp_path / "out/o/manifest.json").exists()
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_worker_without_processor_time_left_is_at_its_limit(large, tmp_path):
    (tmp_path / "out").mkdir()
    struck = started(*large, tmp_path / "out/o")
    os.kill(worker_of(struck), signal.SIGXCPU)
    said = struck.communicate(timeout=SECONDS)[1]
    assert struck.returncode == 2 and "[worker.limit]" in said
    assert "more computing time than a file of its size may take" in said
    assert list((tmp_path / "out").iterdir()) == []


def test_a_worker_is_bound(large, tmp_path):
    struck = started(*large, tmp_path / "o")
    worker = standing_worker_of(struck)
    limits = limits_of(worker)
    rights = pathlib.Path(f"/proc/{worker}/status").read_text()
    struck.kill()
    struck.communicate()
    assert limits["Max address space"] == [str(1536 << 20)] * 2
    assert limits["Max file size"] == [str(4 << 30)] * 2
    assert limits["Max core file size"] == ["0", "0"]
    assert int(limits["Max cpu time"][0]) in range(10, 61)
    assert "NoNewPrivs:\t1" in rights


def test_a_worker_ends_with_its_parent(large, tmp_path):
    struck = started(*large, tmp_path / "o")
    # By itself it does not come to its end.
    worker = standing_worker_of(struck)
    struck.kill()
    struck.communicate()
    deadline = time.monotonic() + SECONDS
    while b"\0worker\0" in command_line(worker):
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_worker_whose_parent_ended_before_it_was_bound_ends_too(tmp_path):
    """Nobody would end it any more, and whoever comes next starts another one for the same file."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [BINARY, *map(str, (
            "worker", STUDIO / "good.xlsx", *DOMAINS, *TODAY, "-o", tmp_path / "o"))],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=writer, timeout=SECONDS)
    os.close(writer)
    assert done.returncode != 0 and list(tmp_path.iterdir()) == []
