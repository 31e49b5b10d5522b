"""What the kernel may do to a process at a call: kill it there, or say that the disk fails."""

import collections
import functools
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

# What changes something on the disk or waits for it. Between two of these the disk is the same, so
# to be killed anywhere between them is to be killed at the second one.
CHANGING = ("openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "mkdir",
            "rmdir", "unlink", "fchown", "flock")
# Calls that say so when a disk is full or broken.
DISK = ("write", "openat", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "mkdir")
NO_STRACE = "strace is not there, or not allowed to watch: faults at calls are left out"
NO_SPACES = "no namespaces are allowed here: {} is left out"

Call = collections.namedtuple("Call", "name number line")


def tracing(log):
    """What starts a command whose calls are written down."""
    return ("strace", "-f", "-qq", "-o", log, "-s", "256", "-y", "--seccomp-bpf",
            "-e", f"trace={','.join(CHANGING)}")


def calls(log, first):
    """The calls that change something, of the thread that began, from the first one that names
    `first`."""
    main, counts, found = None, collections.Counter(), []
    for line in log.read_text(errors="replace").splitlines():
        call = re.match(r"(\d+) +(\w+)\(", line)
        main = main or call and call[1]
        if not call or call[1] != main:
            continue
        counts[call[2]] += 1
        if found or first in line:
            found.append(Call(call[2], counts[call[2]], line[call.end():]))
    return [each for each in found if each.name != "openat" or "O_CREAT" in each.line]


def killing(call):
    """What starts a command that is killed as it makes a call."""
    return _injecting(call.name, f"signal=SIGKILL:when={call.number}")


def failing(call, error, all_calls=()):
    """What starts a command for which a call fails: it alone, or all that change the disk from then
    on, as they come among all calls."""
    if not all_calls:
        return _injecting(call.name, f"error={error}:when={call.number}")
    later = {}
    for each in all_calls[all_calls.index(call):]:
        later.setdefault(each.name, each.number)
    # What is said to people is written as well.
    names = [name for name in DISK if name in later and name in (call.name, *DISK[1:])]
    return _tracing(names) + tuple(
        part for name in names
        for part in ("-e", f"inject={name}:error={error}:when={later[name]}+"))


def delaying(name, seconds):
    """What starts a command that waits before it makes a call of this name for the first time."""
    return _injecting(name, f"delay_enter={int(seconds * 1_000_000)}:when=1")


def _injecting(name, fault):
    return (*_tracing([name]), "-e", f"inject={name}:{fault}")


def _tracing(names):
    # With --seccomp-bpf strace 6.1 injects nothing.
    return ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={','.join(names)}")


def full_disk(folder, size, copy):
    """What starts a command for which a folder is a disk of so many KiB; it is copied at the
    end."""
    return _in_spaces(
        'mount -t tmpfs -o size="$2"k none "$1" || exit 99; folder=$1 copy=$3; shift 3; '
        '"$@"; status=$?; cp -a "$folder" "$copy" || exit 99; exit $status', folder, size, copy)


def read_only(folder):
    """What starts a command that cannot change a folder, not even as root."""
    return _in_spaces(
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 99; shift; exec "$@"',
        folder)


def _in_spaces(script, *arguments):
    return ("unshare", "-rm", "sh", "-c", script, "sh", *map(str, arguments))


def spread(sequence, count, offset=0):
    """So many of them, from everywhere."""
    step = max(len(sequence) / count, 1)
    places = (int((at + offset) * step) for at in range(count))
    return [sequence[at] for at in places if at < len(sequence)]


def at_once(body, cases, count=2):
    """What a function returns for each case, some of them side by side."""
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(body, cases))


@functools.cache
def has_spaces():
    """Whether disks and process ids of one's own can be had here; containers may forbid it."""
    return bool(shutil.which("unshare")) and subprocess.run(
        ["unshare", "-rm", "--pid", "--fork", "sh", "-c", "mount -t tmpfs none /mnt"],
        capture_output=True, check=False).returncode == 0
