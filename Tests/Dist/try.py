"""try.py [--service] ROOT: what an installed Rowgate does in a system without Swift.

As a user without rights, with /proc in it: commands, the server, an upload that a worker judges, its
approval, the end. With --service the system is booted, and its systemd runs the server.
"""

import contextlib
import http.client
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
STUDIO = REPOSITORY / "Fixtures/studio"
sys.path.insert(0, str(REPOSITORY / "Tests/Browser"))

from client import Client, part  # noqa: E402

ROWGATE = "/opt/rowgate/rowgate"
SECONDS = 30
END_SECONDS = 10


class Installed:
    """Rowgate in a folder that is a system of its own."""

    def __init__(self, root):
        self.root, self.folder = root, root / "tmp/rowgate"
        self.folder.mkdir(mode=0o777)
        self.folder.chmod(0o777)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def command(self, *arguments):
        return ["/usr/sbin/chroot", self.root, "/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534",
                "--clear-groups", "--no-new-privs", "--bounding-set", "-all", "/usr/bin/env", "-i",
                "PATH=/usr/bin", ROWGATE, *arguments]

    def run(self, *arguments, status=0):
        done = subprocess.run(
            self.command(*arguments), capture_output=True, text=True, timeout=SECONDS)
        if done.returncode != status:
            sys.exit(f"rowgate {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        last = (done.stdout + done.stderr).strip().splitlines()
        say(f"rowgate {' '.join(arguments)}: {next((l for l in last if ' ready' in l), last[-1])}")

    @contextlib.contextmanager
    def serving(self):
        with open(self.folder / "log", "wb") as log:
            process = subprocess.Popen(
                self.command("serve", "--listen", f"127.0.0.1:{self.port}", "--data",
                             "/tmp/rowgate/site", "--templates", "/opt/rowgate/Templates"),
                stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def log(self):
        return (self.folder / "log").read_text()

    def wait(self, process):
        """Until the server answers. Gives back the link that it has printed."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Client(self).get("/health").text == "ok":
                    return re.search(r"http\S+/set-up/\w+", self.log()).group()
            time.sleep(0.05)
        sys.exit(f"the server does not answer: {self.log()}")


def say(text):
    print(f"dist-test: {text}", flush=True)


def try_commands(rowgate):
    for name in ("domains.csv", "good.xlsx", "mixed.xlsx"):
        shutil.copy(STUDIO / name, rowgate.folder)
    lists = ["--domains", "/tmp/rowgate/domains.csv"]
    rowgate.run("check", "/tmp/rowgate/good.xlsx", *lists)
    rowgate.run("check", "/tmp/rowgate/mixed.xlsx", *lists, status=1)
    rowgate.run("template", "studio", *lists, "-o", "/tmp/rowgate/template.xlsx")
    rowgate.run("import", "/tmp/rowgate/good.xlsx", *lists, "--isolated", "-o",
                "/tmp/rowgate/outcome")


def try_pages(site, link):
    """An upload that a worker judges, and its approval."""
    say("serve: /health says ok")
    ann = Client(site).take_link(
        link, "Ann Lee", reseller="Acme", email="ann@acme.example", password="a gate of rows")
    ann.send("/portals/studio/lists/domains",
             part("list", (STUDIO / "domains.csv").read_bytes(), "domains.csv"))
    for name in ("mixed.xlsx", "good.xlsx"):
        path = ann.upload("studio", (STUDIO / name).read_bytes(), name)
        page = ann.wait(path).text
        counts = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page))
        assert "ready" in counts, page
        say(f"serve: a worker judged {name}: {counts}")
    batch = ann.approve(path)
    assert ann.get(batch).status == 200
    files = re.findall(rf'{batch}/files/([^"]+)"', ann.get(batch).text)
    say(f"serve: approved is {batch}, with {', '.join(dict.fromkeys(files))}")


def try_server(rowgate):
    with rowgate.serving() as process:
        try_pages(rowgate, rowgate.wait(process))
        start = time.monotonic()
        process.terminate()
        status = process.wait(END_SECONDS)
        assert status == 0, (status, rowgate.log())
        say(f"serve: SIGTERM ended it after {time.monotonic() - start:.1f} s")


class Booted:
    """A system with systemd, in a container, in which Rowgate is a service."""

    port = 8080

    def __init__(self, root):
        self.root = root

    @contextlib.contextmanager
    def running(self):
        with open(f"{self.root}.log", "wb") as log:
            process = subprocess.Popen(
                ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot",
                 f"--directory={self.root}"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield
        finally:
            # Which shuts the system down.
            process.terminate()
            process.wait(60)

    def journal(self):
        return subprocess.run(
            ["journalctl", "--directory", self.root / "var/log/journal", "--output=cat"],
            capture_output=True, text=True).stdout

    def wait(self):
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            found = re.search(r"http\S+/set-up/\w+", self.journal())
            with contextlib.suppress(OSError, http.client.HTTPException):
                if found and Client(self).get("/health").text == "ok":
                    return found.group()
            time.sleep(0.2)
        sys.exit(f"the service does not answer: {self.journal()}")


def try_service(booted):
    with booted.running():
        try_pages(booted, booted.wait())
    journal = booted.journal()
    assert "rowgate.service: Deactivated successfully" in journal, journal
    say("service: it ended when the system did, by itself")


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[-1])
    if "--service" in sys.argv:
        try_service(Booted(root))
    else:
        installed = Installed(root)
        try_commands(installed)
        try_server(installed)
    say("all of it works")
