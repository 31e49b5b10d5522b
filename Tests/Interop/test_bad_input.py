"""What is not a usable workbook ends in exit 2, with its own code, and leaves nothing behind."""

import json
import resource

import pytest

from driver import BAD, DOMAINS, STUDIO, TODAY, run

UNUSABLE = {
    BAD / "empty.xlsx": ["file.empty"],
    BAD / "csv.xlsx": ["type.csv"],
    BAD / "html.xlsx": ["type.html"],
    BAD / "xml2003.xlsx": ["type.xml2003"],
    BAD / "old.xls": ["type.xls"],
    BAD / "sheet.ods": ["type.ods"],
    BAD / "binary.xlsb": ["type.xlsb"],
    BAD / "macro.xlsm": ["type.macro_enabled"],
    BAD / "encrypted.xlsx": ["type.encrypted"],
    BAD / "~$lock.xlsx": ["type.lock_file"],
    BAD / "plain.xlsx": ["type.not_spreadsheet"],
    BAD / "truncated.xlsx": ["zip.truncated"],
    BAD / "bad-crc.xlsx": ["zip.crc"],
    BAD / "dtd.xlsx": ["xml.doctype"],
    STUDIO / "other-template.xlsx": ["template.unknown"],
    STUDIO / "no-rows.xlsx": ["sheet.no_rows"],
    STUDIO / "missing-column.xlsx": ["header.missing"],
    STUDIO / "duplicate-header.xlsx": ["header.duplicate"],
    STUDIO / "merged-header.xlsx": ["header.merged"],
}
EVERY = pytest.mark.parametrize(
    "path, codes", UNUSABLE.items(), ids=[path.name for path in UNUSABLE])


def test_every_bad_fixture_is_in_the_table():
    assert {path.name for path in BAD.iterdir()} == {
        path.name for path in UNUSABLE if path.parent == BAD}


def taken():
    """Seconds of the processor that programs started here took, whatever others did meanwhile."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@EVERY
def test_check_names_the_fault_quickly_and_writes_nothing(path, codes, tmp_path):
    before = taken()
    done = run("check", path, *DOMAINS, *TODAY, "--format", "json",
               "--rejected", tmp_path / "rejected.xlsx")
    assert taken() - before < 2
    assert done.returncode == 2, done.stderr

    report = json.loads(done.stdout)
    errors = [each for each in report["findings"] if each["severity"] == "error"]
    assert [each["code"] for each in errors] == codes
    for each in errors:
        assert each["message"].endswith((".", "?")) and each["remedy"].endswith(".")
    assert report["counts"]["rows"] == report["counts"]["accepted"] == 0
    assert list(tmp_path.iterdir()) == []


@EVERY
def test_import_writes_nothing(path, codes, tmp_path):
    done = run("import", path, *DOMAINS, *TODAY, "-o", tmp_path / "out")
    assert done.returncode == 2, done.stderr
    assert codes[0] in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path, codes",
    # A lock file is known by its name alone.
    [each for each in UNUSABLE.items() if each[1] != ["type.lock_file"]],
    ids=lambda value: getattr(value, "name", ""))
def test_the_verdict_is_the_same_on_standard_input(path, codes):
    with open(path, "rb") as file:
        done = run("check", "-", *DOMAINS, *TODAY, "--format", "json", stdin=file)
    assert done.returncode == 2, done.stderr
    assert codes[0] in done.stdout


def test_a_workbook_that_is_not_there_cannot_be_judged(tmp_path):
    done = run("check", tmp_path / "nowhere.xlsx", *DOMAINS, *TODAY)
    assert done.returncode == 2 and "file.cannot_read" in done.stdout + done.stderr
