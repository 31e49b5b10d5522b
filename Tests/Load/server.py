"""A server of its own for each measure, with a reseller, and what it and its workers take."""

import contextlib
import http.client
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "Tests/Browser"))
sys.dont_write_bytecode = True

from client import Client, free_port, part  # noqa: E402

SECONDS = 60
CORES = os.cpu_count()


class Server:
    def __init__(self, rowgate, folder, *arguments):
        self.folder = folder
        self.port = free_port()
        self.command = [rowgate, "serve", "--listen", f"127.0.0.1:{self.port}", "--data",
                        str(folder / "data"), "--uploads-per-hour", "1000000", *arguments]

    @contextlib.contextmanager
    def running(self):
        """Gives somebody who is signed in."""
        self.folder.mkdir(parents=True)
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        try:
            ann = Client(self)
            yield ann.take_link(
                self._link(), "Ann Lee", reseller="Acme", email="ann@acme.example",
                password="a gate of many rows")
        finally:
            self.process.terminate()
            self.process.wait(30)

    def _link(self):
        log = self.folder / "log"
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Client(self).get("/ready").status == 200:
                    return re.search(r"http\S+/set-up/\w+", log.read_text()).group()
            time.sleep(0.05)
        raise AssertionError(f"the server does not answer: {log.read_text()}")

    def peak(self):
        """The most memory that it had, in MiB, without its workers."""
        return status(self.process.pid, "VmHWM")

    def resident(self):
        return status(self.process.pid, "VmRSS")

    def forget_peak(self):
        """From now on `peak` is of what comes (proc(5), clear_refs)."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def processor_seconds(self):
        """Of all its threads, without workers."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2]
        return sum(map(int, fields.split()[11:13])) / os.sysconf("SC_CLK_TCK")


def status(process, name):
    """A line of /proc/PID/status in MiB; 0 for a process that is no more."""
    try:
        text = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(rf"{name}:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0


def is_worker(process):
    """Not so while it is about to start, and still has its parent's memory."""
    with contextlib.suppress(OSError):
        return b"\0worker\0" in pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
    return False


class Workers(threading.Thread):
    """Looks at a server's workers every few milliseconds: how many, and how large."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.peaks, self.count_max = server.process.pid, {}, 0
        self.is_over = threading.Event()

    def run(self):
        while not self.is_over.wait(0.005):
            children = []
            for task in pathlib.Path(f"/proc/{self.server}/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    children += filter(is_worker, task.read_text().split())
            self.count_max = max(self.count_max, len(children))
            for child in children:
                self.peaks[child] = max(self.peaks.get(child, 0), status(child, "VmHWM"))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.join()

    @property
    def peak(self):
        return max(self.peaks.values(), default=0)


def load_domains(client, data):
    answer = client.send("/portals/studio/lists/domains", part("list", data, "domains.csv"))
    assert answer.status == 303, answer.text


def wait_for_all(client, paths, seconds):
    """Until nothing is under way for any upload."""
    deadline = time.monotonic() + seconds
    for path in paths:
        while b'"isBusy":true' in client.get(f"{path}/progress").body:
            assert time.monotonic() < deadline, f"{path} does not end"
            time.sleep(0.02)
