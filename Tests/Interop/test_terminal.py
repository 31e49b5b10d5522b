"""A progress bar on a terminal, nothing of it in a pipe, no colours where none are wanted."""

import os
import pty
import select
import subprocess

import pytest
import xlsxwriter

from driver import BINARY, TODAY, run

ROWS = 5_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A workbook large enough that a bar is worth showing."""
    path = tmp_path_factory.mktemp("large") / "large.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Customers")
    sheet.write_row(0, 0, [
        "Company Name", "Email Address", "First Name", "Last Name",
        "Customer Billing Reference", "Platform", "Package"])
    for row in range(1, ROWS + 1):
        name = f"customer{row}.12345.service"
        sheet.write_row(row, 0, [
            name, f"ann@customer{row}.example", "Ann", "Lee", name, "Luminate Wholesale"])
    book.close()
    return path


def on_terminal(*arguments, **environment):
    """What the process writes to a terminal that is its standard error."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [BINARY, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=follower,
        env={"PATH": os.environ["PATH"], "TERM": "xterm-256color"} | environment)
    os.close(follower)
    written = read_all(leader)
    process.wait(timeout=60)
    return written.decode(errors="replace")


def read_all(leader):
    written = b""
    while select.select([leader], [], [], 60)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # Linux: the other side is closed.
            break
        if not piece:
            break
        written += piece
    os.close(leader)
    return written


def test_a_terminal_sees_progress(large):
    written = on_terminal("check", large, *TODAY)
    assert "\r" in written.replace("\r\n", "\n")


def test_a_pipe_sees_none(large):
    done = run("check", large, *TODAY, text=False)
    assert done.stdout
    assert b"\r" not in done.stderr and b"\x1b" not in done.stderr + done.stdout


def test_no_color_means_no_colour(large):
    written = on_terminal("check", large, *TODAY, NO_COLOR="1")
    assert "\r" in written.replace("\r\n", "\n")
    assert "\x1b[3" not in written and "\x1b[1m" not in written and "\x1b[9" not in written
