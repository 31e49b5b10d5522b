"""When, where and with what versions a table was measured."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess
import sys
import zlib

PEERS = ("fastexcel", "polars", "pandera", "rustpy-xlsxwriter")
HERE = pathlib.Path(__file__).resolve().parent


def described(libxlsxwriter):
    """Three lines: the date and what was measured, the machine, the peers."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return [
        f"{today}, commit {commit()}, {printed('swift', '--version').partition(' (')[0]}.",
        f"{os.cpu_count()} cores, {processor()}, {memory_gb():.0f} GB, {system()};"
        f" Python {platform.python_version()}, zlib {zlib.ZLIB_RUNTIME_VERSION}.",
        "Beside: " + ", ".join([*map(version, PEERS), library(libxlsxwriter)]) + ".",
    ]


def commit():
    changed = printed("git", "-C", HERE, "status", "--porcelain", "--untracked-files=no")
    return printed("git", "-C", HERE, "rev-parse", "--short", "HEAD") + bool(changed) * " (changed)"


def processor():
    found = re.search(r"model name\s*: (.*)", text("/proc/cpuinfo"))
    return found[1] if found else platform.machine()


def memory_gb():
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9


def system():
    found = re.search(r'PRETTY_NAME="(.*)"', text("/etc/os-release"))
    return found[1] if found else platform.system()


def version(package):
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"no {package}"


def library(program):
    number = program and printed(program, "--version")
    return f"libxlsxwriter {number}" if number else "no libxlsxwriter"


def text(path):
    return pathlib.Path(path).read_text() if pathlib.Path(path).exists() else ""


def printed(*command):
    """The first line a command prints, empty when it can't be run."""
    try:
        done = subprocess.run(
            [str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True,
            text=True)
    except OSError as error:
        print(f"bench: {error}", file=sys.stderr)
        return ""
    return done.stdout.partition("\n")[0].strip()
