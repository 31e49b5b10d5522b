"""Every portal, from its blank workbook to what is done there, from its definition alone.

`ROWGATE_WRITE_GOLDEN=1` writes anew what comes of each `good*.yaml` (operations, effects and
checklists) and then fails, so that somebody reads what has changed.
"""

import json
import os
import pathlib
import re
from typing import Any, NamedTuple

import pytest

from driver import ROOT, assert_counted, operations
from portal_cases import (
    FIXTURES, LANGUAGES, TEMPLATES, Books, Case, assert_in_order, assert_readable, cases,
    definition, good, good_names, portals_with, read_by_somebody, read_yaml, spoken, told)

SHARED = ROOT.parent / "shared"
WRITES_GOLDEN = os.environ.get("ROWGATE_WRITE_GOLDEN") == "1"
PORTALS = portals_with("good.yaml")
MAPPED = sorted(path.parent.name for path in TEMPLATES.glob("*/README.md"))
CASES = [
    pytest.param(portal, case, id=f"{portal}-{case['breaks']}")
    for portal in portals_with("cases.yaml") for case in cases(portal)]


@pytest.fixture(scope="session")
def books(tmp_path_factory):
    """Hands out the books of a portal in a language; each blank workbook is made once."""
    made = {}

    def of(portal, language):
        if (portal, language) not in made:
            folder = tmp_path_factory.mktemp(f"{portal}-{language}")
            made[portal, language] = Books(portal, language, folder)
        return made[portal, language]

    return of


# What is found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("portal, case", CASES)
def test_what_is_wrong_is_found_and_nothing_else(portal, case, language, books):
    found, report = Case(books(portal, language), case).check(case["rows"])
    assert found == sorted(case["findings"]), told(report)
    assert_counted(report)
    assert_readable(report)
    sentences = [f"{finding['message']} {finding['remedy']}" for finding in report["findings"]]
    for words in case.get("says", []):
        assert any(words in sentence for sentence in sentences), told(report)
    for words in case.get("unsaid", []):
        assert not any(words in sentence for sentence in sentences), told(report)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("portal, case", [each for each in CASES if "fixed" in each.values[1]])
def test_what_is_fixed_is_found_no_more(portal, case, language, books):
    found, report = Case(books(portal, language), case).check(case["rows"] | case["fixed"])
    assert found == [], told(report)
    assert report["counts"]["rejected"] == 0


@pytest.mark.parametrize("portal, sheet", [
    (portal, sheet["id"]) for portal in PORTALS for sheet in definition(portal)["sheets"]])
def test_a_sheet_is_the_same_without_the_blank_ones(portal, sheet, books):
    case = Case(books(portal, "en"), good(portal))
    rows = {sheet: good(portal)["rows"][sheet]}
    found, _ = case.check(rows)
    alone, report = case.check(rows, keeps_blank_sheets=False)
    assert alone == found, told(report)


@pytest.mark.parametrize("portal", portals_with("cases.yaml"))
def test_one_case_is_right(portal):
    everything = cases(portal)
    names = [case["breaks"] for case in everything]
    assert len(set(names)) == len(names)
    assert any(case["breaks"] == "nothing" and not case["findings"] for case in everything)


# What is done


class Uploaded(NamedTuple):
    """A good workbook in a language, the folder that `import` filled, and what it found."""
    portal: str
    name: str
    language: str
    folder: Any
    found: list
    report: dict


@pytest.fixture(scope="module", params=[
    (portal, name, language)
    for portal in PORTALS for name in good_names(portal) for language in LANGUAGES],
    ids=lambda param: "-".join(param))
def uploaded(request, books, tmp_path_factory):
    portal, name, language = request.param
    case = Case(books(portal, language), good(portal, name))
    folder = tmp_path_factory.mktemp("outcome") / portal
    return Uploaded(*request.param, folder, *case.upload(folder))


def test_a_good_workbook_is_taken_whole(uploaded):
    wanted = good(uploaded.portal, uploaded.name).get("findings", [])
    assert uploaded.found == sorted(wanted), told(uploaded.report)
    assert uploaded.report["counts"]["rejected"] == 0
    assert_counted(uploaded.report)


def test_a_good_workbook_gives_what_somebody_has_read(uploaded):
    fixtures, spoken_by_all = FIXTURES / uploaded.portal, f"{uploaded.name}-operations.jsonl"
    made = read_by_somebody(uploaded.folder, uploaded.name, uploaded.language)
    if uploaded.language != "en":
        del made[spoken_by_all]
    if WRITES_GOLDEN:
        for name, text in made.items():
            (fixtures / name).write_text(text, encoding="utf-8")
        pytest.fail(f"{', '.join(made)} of {uploaded.portal}: written anew, read them")
    for name, text in made.items():
        assert text == (fixtures / name).read_text(encoding="utf-8"), name
    lines = (fixtures / spoken_by_all).read_text(encoding="utf-8").splitlines()
    wanted = [spoken(json.loads(line)) for line in lines]
    assert [spoken(each) for each in operations(uploaded.folder)] == wanted


def test_what_comes_first_stands_before_what_waits_for_it(uploaded):
    assert_in_order(operations(uploaded.folder))


@pytest.mark.parametrize("portal", PORTALS)
def test_a_good_workbook_asks_for_everything(portal):
    rows = good(portal)["rows"]
    for sheet in definition(portal)["sheets"]:
        usual = sheet.get("blank", actions(sheet)[0])
        asked = {row.get("action", usual) for row in rows[sheet["id"]]}
        assert set(actions(sheet)) - asked == set(), sheet["id"]



# What the pages say


@pytest.fixture(params=MAPPED)
def mapping(request):
    """A portal and the rows of its page: source, line, and what covers it."""
    page = (TEMPLATES / request.param / "README.md").read_text(encoding="utf-8")
    rows = [table_row(line) for line in page.splitlines() if line.startswith("|")]
    rows = [row for row in rows if row[0] in ("checklist", "seed")]
    assert rows, "the page has no rows"
    return request.param, rows


def table_row(line):
    cells = re.split(r"(?<!\\)\|", line)[1:-1]
    source, quoted, covered, *_ = [cell.strip().replace(r"\|", "|") for cell in cells] + ["", ""]
    return source.lower(), unquoted(quoted), covered


def unquoted(text):
    pairs = [('"', '"'), ("“", "”")]
    is_quoted = len(text) > 1 and (text[0], text[-1]) in pairs
    return " ".join((text[1:-1] if is_quoted else text).split())


def test_every_line_is_covered_by_something_that_exists(mapping):
    portal, rows = mapping
    names = known_names(portal)
    for _, line, covered in rows:
        references = list(re.finditer(
            r"\b(op|action|rule|field|setting|directory|hold|page):(.+?)"
            r"(?=[\s,;`·]*(?:\b(?:op|action|rule|field|setting|directory|hold|page):|$))",
            covered))
        assert references, f"nothing covers: {line}"
        for kind, name in (reference.groups() for reference in references):
            assert name.strip("` ") in names[kind], (line, f"{kind}:{name}")


# What the site shows of a portal, below its address; any of its sheets stands for `{sheet}`.
PAGES = re.findall(
    r'route\(\.get, "/portals/\{portal\}/([^"]+)"',
    (ROOT / "Sources/Server/SiteRoutes.swift").read_text(encoding="utf-8"))


def known_names(portal):
    """What a page may name, by kind, as the portal's definition has it."""
    whole = definition(portal)
    names = {
        "op": {operation["id"] for operation in whole["operations"]},
        "setting": set(whole.get("settings", {})),
        "directory": set(whole.get("directories", {})),
        "hold": {hold["id"] for hold in whole.get("holds", [])},
        "action": set(), "rule": set(), "field": set(), "page": set()}
    for sheet in whole["sheets"]:
        names["page"] |= {page.replace("{sheet}", sheet["id"]) for page in PAGES}
        names["action"] |= {f"{sheet['id']}/{action}" for action in actions(sheet)}
        names["rule"] |= {f"{sheet['id']}#{rule['rule']}" for rule in sheet.get("rules", [])}
        for field in sheet["fields"]:
            place = f"{sheet['id']}/{field['id']}"
            names["field"].add(place)
            for rule in field.get("rules", []):
                names["rule"] |= {place, f"{place}#{rule['rule']}", f"{place}/{rule['rule']}"}
    return names


def actions(sheet):
    allowed = sheet.get("actions", ["Create"])
    return allowed if isinstance(allowed, list) else [allowed]


def test_every_line_of_the_checklist_is_covered(mapping):
    portal, rows = mapping
    covered = {line for source, line, _ in rows if source == "checklist"}
    wanted = checklist(section_of(portal))
    assert wanted, "the section has no checklist"
    assert [line for line in wanted if line not in covered] == []
    assert [line for line in covered if line not in wanted] == []


def test_every_quoted_line_stands_in_the_document(mapping):
    portal, rows = mapping
    seed = seed_of(portal)
    quoted = [line for source, line, _ in rows if source == "seed"]
    assert quoted, "the page quotes nothing"
    assert [line for line in quoted if line not in seed] == []


def test_every_sentence_of_the_document_is_quoted(mapping):
    """What is left without the lines quoted says nothing that one can do, or that must hold."""
    portal, rows = mapping
    rest = seed_of(portal)
    for line in sorted((line for source, line, _ in rows if source == "seed"), key=len)[::-1]:
        rest = rest.replace(line, "\n")
    parts = [part for part in map(str.strip, rest.splitlines()) if re.search("[A-Za-z]{2}", part)]
    assert parts == read_yaml(pathlib.Path(__file__).with_name("headings.yaml"))[portal]


@pytest.mark.parametrize("portal", portals_with("cases.yaml"))
def test_every_numbered_rule_has_a_case_that_breaks_it(portal):
    section = section_of(portal)
    number, rules = re.search(r"\n### (\d\.3) [^\n]*\n(.*?)\n(?=\n|#)", section, re.S).groups()
    wanted = {int(each) for each in re.findall(r"^(\d+)\. ", rules, re.M)}
    broken = set()
    for case in cases(portal):
        prefix = re.match(rf"{re.escape(number)} rules? ([^:]*):", case["breaks"])
        broken |= {int(each) for each in re.findall(r"\d+", prefix[1])} if prefix else set()
    assert wanted and wanted - broken == set()


def section_of(portal):
    """The portal's section of the page that lays out all five."""
    page = SHARED / "portals.md"
    if not page.exists():
        pytest.skip("../shared/portals.md is not there: what it asks of the portals is left out")
    sections = re.split(r"^## (?=Portal \d)", page.read_text(encoding="utf-8"), flags=re.M)[1:]
    return next(each for each in sections if portal in each.splitlines()[0].lower())


def seed_of(portal):
    """The user's own document about the portal, with single spaces."""
    number = int(re.match(r"Portal (\d)", section_of(portal))[1])
    path = next((SHARED / "seeds").glob(f"{number:03}_*.txt"))
    return " ".join(path.read_text(encoding="utf-8").split())


def checklist(section):
    """What stands behind each `[ ]`, without what only joins it to the next."""
    lines = [line for line in section.splitlines() if "[ ]" in line]
    items = [item for line in lines for item in line.split("[ ]")[1:]]
    texts = [re.split(r" · |\. \(", item)[0].rstrip(" ·,;.") for item in items]
    return [unquoted(text.strip()) for text in texts]


SECRET = re.compile(
    r"pass(word|wort|phrase)|kennwort|secret|geheim|token|api.?key|credential|\bpin\b", re.I)


@pytest.mark.parametrize("portal", PORTALS)
def test_no_column_is_for_secrets(portal):
    """Whatever is in a workbook comes back in its report, and lies on somebody's desk."""
    names = [str((field["id"], field["title"], field.get("aliases")))
             for sheet in definition(portal)["sheets"] for field in sheet["fields"]]
    assert names and not [name for name in names if SECRET.search(name)]
