"""Exit codes, options and reports of `check` and `import`; nothing is ever half written."""

import csv
import html.parser
import io
import json
import resource
import signal
import subprocess

import pytest

from driver import (
    BINARY, DOMAINS, STUDIO, TODAY, Sheet, assert_counted, check, errors, operations, run,
    upload)

MIXED = STUDIO / "mixed.xlsx"
GOOD = STUDIO / "good.xlsx"
FILTERED = STUDIO / "filtered.xlsx"


# What an outcome holds


def test_an_outcome_holds_every_file_the_manifest_names(tmp_path):
    upload(MIXED, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "report.json", "rejected.xlsx", "changes.xlsx", "manifest.json", "batch-0001.jsonl",
        "upload.xlsx", "checklist.txt"}
    manifest = (tmp_path / "out/manifest.json").read_text(encoding="utf-8")
    assert json.loads(manifest)["portal"] == "studio"
    for name in names - {"manifest.json"}:
        assert name in manifest
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_the_same_input_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        upload(MIXED, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_the_same_workbook_may_be_imported_into_the_same_folder_again(tmp_path):
    assert upload(MIXED, tmp_path / "out")[0] == upload(MIXED, tmp_path / "out")[0] == 1


def test_check_and_import_give_one_verdict(tmp_path):
    status, report = check(MIXED)
    imported_status, imported = upload(MIXED, tmp_path / "out")
    assert status == imported_status
    assert report["findings"] == imported["findings"] and report["counts"] == imported["counts"]


def test_all_or_nothing_accepts_nothing(tmp_path):
    status, report = upload(MIXED, tmp_path / "out", "--all-or-nothing")
    assert status == 1 and report["counts"]["accepted"] == 0
    assert_counted(report)
    assert_nothing_accepted(tmp_path / "out", rows=41)


def test_all_or_nothing_takes_a_good_workbook(tmp_path):
    status, report = upload(GOOD, tmp_path / "out", "--all-or-nothing")
    assert status == 0 and report["counts"]["accepted"] == 25


@pytest.mark.parametrize("percent, accepts", [(10, False), (90, True)])
def test_too_many_rejected_rows_accept_nothing(tmp_path, percent, accepts):
    status, report = upload(MIXED, tmp_path / "out", "--max-rejected", percent)
    assert status == 1
    assert (report["counts"]["accepted"] > 0) == accepts
    if not accepts:
        assert_nothing_accepted(tmp_path / "out", rows=41)


def assert_nothing_accepted(folder, rows):
    assert operations(folder) == []
    assert not (folder / "upload.xlsx").exists()
    assert len(Sheet(folder / "rejected.xlsx").rows("Original row")) == rows


def test_hidden_rows_want_an_answer(tmp_path):
    done = run("import", FILTERED, *DOMAINS, *TODAY, "-o", tmp_path / "out")
    assert done.returncode == 64 and "rows.hidden" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("answer, status, rejected, left_out", [
    ("take", 1, 3, 0), ("leave", 0, 0, 3)])
def test_hidden_rows_are_taken_or_left(tmp_path, answer, status, rejected, left_out):
    found, report = upload(FILTERED, tmp_path / "out", "--hidden", answer)
    counts = report["counts"]
    assert (found, counts["rejected"], counts["leftOut"]) == (status, rejected, left_out)
    assert counts["hidden"] == 3 and counts["accepted"] == 26
    assert_counted(report)


@pytest.mark.parametrize("count, held", [(None, True), (1, True), (2, False)])
def test_paid_packages_are_held_unless_their_number_is_known(tmp_path, count, held):
    told = () if count is None else ("--accept-charges", count)
    status, report = upload(MIXED, tmp_path / "out", *told)
    assert status == 1 and report["counts"]["accepted"] > 0
    found = [each for each in operations(tmp_path / "out") if each.get("held") == "charges"]
    assert bool(found) == held


# Exit 64: usage


def test_an_import_without_a_domain_list_is_refused(tmp_path):
    done = run("import", GOOD, *TODAY, "-o", tmp_path / "out")
    assert done.returncode == 64 and "domain.no_list" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_import_without_a_domain_list_says_so_first_when_told_to(tmp_path):
    status, report = upload(GOOD, tmp_path / "out", "--without-domain-check", lists=())
    assert status == 0
    assert [each["code"] for each in report["findings"]].count("domain.unverified") == 1
    assert "domain.unverified" in (tmp_path / "out/manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [
    ["check"],
    ["check", GOOD, "--portal", "nowhere"],
    ["check", GOOD, "--format", "pdf"],
    ["check", GOOD, "--today", "yesterday"],
    ["check", GOOD, "--nonsense"],
    ["check", GOOD, "--domains", "nowhere.csv"],
    ["import", GOOD, *DOMAINS],
    ["import", GOOD, *DOMAINS, "-o", "unused", "--hidden", "maybe"],
    ["import", GOOD, *DOMAINS, "-o", "unused", "--max-rejected", "some"],
    ["import", GOOD, *DOMAINS, "-o", "unused", "--max-rejected", "101"],
    ["import", GOOD, *DOMAINS, "-o", "unused", "--accept-charges", "-1"],
    ["template", "nowhere"],
    ["explain", "no.such_code"],
    ["nonsense"],
], ids=lambda arguments: " ".join(getattr(each, "name", str(each)) for each in arguments[:6]))
def test_what_is_not_understood_is_a_question_of_usage(tmp_path, arguments):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 64 and done.stderr
    assert list(tmp_path.iterdir()) == []


# Exit 73: what cannot be written


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run("import", GOOD, *DOMAINS, *TODAY, "-o", tmp_path / "file/out")
    assert done.returncode == 73 and done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_in_place_of_the_folder_is_left_alone(tmp_path):
    (tmp_path / "out").write_text("in the way")
    done = run("import", GOOD, *DOMAINS, *TODAY, "-o", tmp_path / "out")
    assert done.returncode == 73
    assert (tmp_path / "out").read_text() == "in the way"


def test_a_foreign_folder_is_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/photo.jpg").write_text("mine")
    done = run("import", GOOD, *DOMAINS, *TODAY, "-o", tmp_path / "out")
    assert done.returncode == 73
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["photo.jpg"]


def test_the_outcome_of_another_workbook_is_left_alone(tmp_path):
    upload(GOOD, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    done = run("import", MIXED, *DOMAINS, *TODAY, "-o", tmp_path / "out")
    assert done.returncode == 73
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_an_unwritable_folder_is_told():
    done = run("check", MIXED, *DOMAINS, *TODAY, "--rejected", "/proc/rejected.xlsx")
    assert done.returncode == 73 and done.stderr


def test_a_full_standard_output_is_told():
    with open("/dev/full", "w") as full:
        done = run_into(full, "check", MIXED, *DOMAINS, *TODAY, "--format", "json")
    assert done.returncode == 73


def test_a_full_disk_leaves_no_folder(tmp_path, little_space):
    done = run("import", MIXED, *DOMAINS, *TODAY, "-o", tmp_path / "out", **little_space)
    assert done.returncode == 73, (done.returncode, done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_file(tmp_path, little_space):
    (tmp_path / "rejected.xlsx").write_text("from yesterday")
    done = run("check", MIXED, *DOMAINS, *TODAY, "--rejected", tmp_path / "rejected.xlsx",
               **little_space)
    assert done.returncode == 73, (done.returncode, done.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["rejected.xlsx"]
    assert (tmp_path / "rejected.xlsx").read_text() == "from yesterday"


@pytest.fixture
def little_space():
    """Options of a process whose files cannot grow beyond 4 KiB: every larger write fails."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    return {"preexec_fn": limit}


def run_into(file, *arguments):
    return subprocess.run(
        [BINARY, *map(str, arguments)], stdout=file, stderr=subprocess.PIPE, timeout=60)


# Standard input and output


def test_a_workbook_on_standard_input_is_judged_alike():
    with open(MIXED, "rb") as file:
        done = run("check", "-", *DOMAINS, *TODAY, "--format", "json", stdin=file)
    _, report = check(MIXED)
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"] == report["findings"]


def test_a_template_goes_to_standard_output():
    done = run("template", "studio", "-o", "-", text=False)
    assert done.returncode == 0 and done.stdout.startswith(b"PK\x03\x04")


# Reports


@pytest.fixture(scope="module")
def wanted():
    return errors(check(MIXED)[1])


def printed(form):
    done = run("check", MIXED, *DOMAINS, *TODAY, "--format", form)
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_json_lines_hold_every_finding(wanted):
    lines = [json.loads(line) for line in printed("jsonl").splitlines()]
    found = [each for each in lines if each.get("severity") == "error"]
    assert [(each["cell"], each["code"]) for each in found] == wanted


def test_tab_separated_values_hold_every_finding(wanted):
    rows = list(csv.DictReader(
        io.StringIO(printed("tsv")), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(None not in row and None not in row.values() for row in rows)
    assert [
        (row["cell"], row["code"]) for row in rows if row["severity"] == "error"] == wanted


def test_text_names_every_cell_and_code(wanted):
    text = printed("text")
    for cell, code in wanted:
        assert cell in text and f"[{code}]" in text


def test_a_page_is_well_formed_and_runs_nothing(wanted):
    page = Page()
    page.feed(printed("html"))
    page.close()
    assert page.open == [] and "script" not in page.seen and "a" not in page.outside
    for cell, code in wanted:
        assert cell in page.text and code in page.text


class Page(html.parser.HTMLParser):
    """Notes the tags left open, all tags seen, links that leave the page, and the text."""

    EMPTY = {"meta", "br", "hr", "link", "img", "col", "input", "wbr"}

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.outside, self.text = [], set(), set(), ""

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        if tag not in self.EMPTY:
            self.open.append(tag)
        if any(name in ("href", "src") and not value.startswith("#") for name, value in attributes):
            self.outside.add(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data
