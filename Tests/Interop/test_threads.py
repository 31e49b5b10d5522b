"""The same bytes with one thread and with four: what comes out doesn't depend on their number."""

import os
import subprocess
import sys

import pytest

from driver import BAD, DOMAINS, ROOT, STUDIO, TODAY, run

# Enough that sheet and shared strings are cut into several pieces.
ROWS = 7_000
THREADS = ("1", "4")
FIXTURES = [
    STUDIO / "mixed.xlsx", STUDIO / "good-libreoffice.xlsx", STUDIO / "typed.xlsx",
    STUDIO / "formulas.xlsx", STUDIO / "blank-rows.xlsx", STUDIO / "suggestions-only.xlsx",
    STUDIO / "missing-column.xlsx", BAD / "bad-crc.xlsx", BAD / "truncated.xlsx"]


@pytest.fixture(scope="module", params=["shared", "inline"])
def large(request, tmp_path_factory):
    """A workbook with megabytes of sheet and faults in 2 % of its rows, and the list it needs."""
    folder = tmp_path_factory.mktemp("large")
    book, names = folder / f"{request.param}.xlsx", folder / "domains.txt"
    subprocess.run(
        [sys.executable, ROOT / "Tests/Benchmarks/make_workbook.py", str(ROWS), book, "--bad", "2",
         "--notes", "--domains", names] + ["--inline"] * (request.param == "inline"), check=True)
    return book, ("--domains", names)


@pytest.mark.parametrize("book", FIXTURES, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_check_is_the_same_on_any_number_of_threads(book, form, tmp_path):
    assert_same(checked, book, DOMAINS, tmp_path, form)


@pytest.mark.parametrize("book", FIXTURES, ids=lambda path: path.stem)
def test_an_import_is_the_same_on_any_number_of_threads(book, tmp_path):
    assert_same(imported, book, DOMAINS, tmp_path)


def test_a_check_of_a_large_workbook_is_the_same(large, tmp_path):
    status, *_, files = assert_same(checked, *large, tmp_path, "text")
    assert status == 1 and list(files) == ["rejected.xlsx"]


def test_an_import_of_a_large_workbook_is_the_same(large, tmp_path):
    status, *_, files = assert_same(imported, *large, tmp_path)
    assert status == 1 and len(files) >= 6


def assert_same(command, book, lists, folder, *more):
    """Exit status, output, errors and files by name, the same for each number of threads."""
    one, four = (
        command(book, lists, folder / threads, threads, *more) for threads in THREADS)
    assert one[:3] == four[:3]
    assert list(one[3]) == list(four[3])
    for name, content in one[3].items():
        assert content == four[3][name], name
    return one


def checked(book, lists, folder, threads, form):
    folder.mkdir()
    return outcome(
        threads, folder, "check", book, *lists, "--format", form,
        "--rejected", folder / "rejected.xlsx")


def imported(book, lists, folder, threads):
    return outcome(threads, folder, "import", book, *lists, "-o", folder)


def outcome(threads, folder, *arguments):
    environment = {name: value for name, value in os.environ.items() if name != "ROWGATE_TEMPLATES"}
    done = run(
        *arguments, *TODAY, text=False, env=environment | {"ROWGATE_THREADS": threads})
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}
    # Only the folder's name differs from run to run.
    return done.returncode, done.stdout, done.stderr.replace(bytes(folder), b"FOLDER"), files
