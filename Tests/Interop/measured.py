"""measured.py RESULT.json SECONDS COMMAND...: runs a command within limits and writes down what it took.

A program of its own, as a process also counts the memory of the one it was forked from, and the
tests have a lot.
"""

import json
import os
import resource
import sys

FILE_SIZE_MAX = 4 << 30


def main(result, seconds, *command):
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE_MAX, FILE_SIZE_MAX))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    with open(result, "w", encoding="utf-8") as file:
        json.dump({
            "status": os.waitstatus_to_exitcode(status),
            "cpu": usage.ru_utime + usage.ru_stime,
            "memory": usage.ru_maxrss,
            "is_running": is_running(child)}, file)


def is_running(group):
    """Whether anything it started is left."""
    try:
        os.killpg(group, 0)
        return True
    except ProcessLookupError:
        return False


if __name__ == "__main__":
    main(*sys.argv[1:])
