"""What holds of a ledger without being said again, and what somebody insists on."""

import json

from driver import TODAY, run
from ledgers import Ledger, book, company, names_of

COMPANIES = [company(f"c{at}") for at in range(3)]


def steps(ledger, upload):
    """By state, how many steps an upload has."""
    found = ledger.rows(
        "SELECT operations.state, count(*) FROM operations JOIN attempts ON attempts.id = operations.attempt "
        "WHERE number || '.' || attempts.attempt = ? GROUP BY operations.state", upload)
    return dict(found)


def test_force_issues_again_what_nobody_has_seen_to(tmp_path):
    ledger = Ledger(tmp_path / "ledger", names_of(tmp_path, COMPANIES))
    workbook = book(tmp_path / "march.xlsx", COMPANIES)
    assert ledger.upload(workbook, "first").returncode == 0
    count = sum(steps(ledger, "1.1").values())
    batch = (ledger.folder / "first/batch-0001.jsonl").read_text().splitlines()
    assert ledger.upload(workbook, "same").returncode == 0
    assert steps(ledger, "1.2") == {}
    assert ledger.upload(workbook, "again", "--force").returncode == 0
    assert (steps(ledger, "1.1"), steps(ledger, "1.3")) == ({6: count}, {0: count})
    again = (ledger.folder / "again/batch-0001.jsonl").read_text().splitlines()
    keys = [[json.loads(line)["idempotencyKey"] for line in lines] for lines in (batch, again)]
    assert keys[0] == keys[1]
    assert ledger.rows("SELECT count(*) FROM records WHERE state = 0") == [(3,)]
    ledger.assert_whole({"first", "same", "again"})
    # Whoever did them said so: then they are done once and for all.
    assert run("done", "1.3", "--ledger", ledger.path).returncode == 0
    assert ledger.upload(workbook, "late", "--force").returncode == 0
    assert steps(ledger, "1.4") == {}


def settings(ledger, command, *arguments):
    done = run("settings", command, "studio", *arguments, "--ledger", ledger.path)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_settings_hold_without_being_said_until_something_else_is(tmp_path):
    ledger = Ledger(tmp_path / "ledger", names_of(tmp_path, COMPANIES))
    ours = [each[:5] + ["Our Platform"] + each[6:] for each in COMPANIES]
    workbook = book(tmp_path / "march.xlsx", ours)
    text = "platform: Our Platform\n"
    (tmp_path / "ours.yaml").write_text(text)
    assert "Luminate Studio" in run(
        "settings", "load", "studio", tmp_path / "ours.yaml", "--ledger", ledger.path).stderr
    assert settings(ledger, "show") == text
    assert ledger.counts(workbook) == (3, 0)
    inputs = json.loads(ledger.check(workbook).stdout)["inputs"]
    assert inputs["settings.studio"]
    assert ledger.check(workbook, "--set", "platform=Theirs").returncode == 1
    # Another reseller has settings of their own.
    assert ledger.check(workbook, "--reseller", "other").returncode == 1


def test_settings_that_no_check_could_use_are_not_kept(tmp_path):
    ledger = Ledger(tmp_path / "ledger", names_of(tmp_path, COMPANIES))
    (tmp_path / "good.yaml").write_text("platform: Ours\n")
    settings(ledger, "load", tmp_path / "good.yaml")
    (tmp_path / "bad.yaml").write_text("platfrom: Ours\n")
    done = run("settings", "load", "studio", tmp_path / "bad.yaml", "--ledger", ledger.path)
    assert done.returncode == 64 and "platfrom" in done.stderr
    assert settings(ledger, "show") == "platform: Ours\n"
