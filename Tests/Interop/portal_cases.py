"""The portals' fixtures, and workbooks filled in from them as a reseller would fill them in.

`Fixtures/<portal>/cases.yaml` holds one case for each thing that can be wrong, and a right one;
`says` are words that sentences or remedies must have in every language, `unsaid` those that none
may have.
`good.yaml` is one realistic workbook, and `good-….yaml` a small one where other things are known or
set. What comes of each stands in files that somebody has read, whose names begin as its own.

A value may be `{date: 2026-01-31}`, `{characters: 101}`, a text as long, or `{address: 255}`.
Besides fields a row may have `rowgateId`, the hidden id of an export; `+Header` for a column that
a reseller added; and `crossedOut`, a line through what stands in it.
"""

import copy
import datetime
import functools
import hashlib
import json
import re

import yaml
from openpyxl import load_workbook
from openpyxl.styles import Font

from driver import FASTEST, ROOT, run

TEMPLATES, FIXTURES = ROOT / "Templates", ROOT / "Fixtures"
LANGUAGES = ("en", "de")
TODAY = "2026-01-05"
# Rows of the blank workbook that cases get; the other two thousand only take time.
ROWS_MAX = 60
ACTION = {"en": "Action", "de": "Aktion"}
ROWGATE_ID = {"en": "Rowgate ID", "de": "Rowgate-ID"}
GERMAN_ACTIONS = {
    "Create": "Anlegen", "Update": "Ändern", "Delete": "Löschen", "Invite": "Einladen",
    "Reset password": "Passwort zurücksetzen", "Link": "Zuordnen",
    "Unlink": "Zuordnung aufheben", "Accept": "Annehmen", "Decline": "Ablehnen",
    "Give personal room": "Eigenen Raum geben"}
GERMAN_ANSWERS = {"Yes": "Ja", "No": "Nein"}


class CoreLoader(yaml.SafeLoader):
    """Reads scalars by the core rules of YAML 1.2, as Rowgate does: `Yes` and `2026-01-31` are
    texts."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", ["~", "n", ""]),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    # What else a table has: only the fixtures say it.
    ("merge", r"<<", "<"),
]:
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))


def read_yaml(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, CoreLoader)


def portals_with(name):
    """Ids of the portals that have a fixture of this name."""
    return sorted(path.parent.name for path in FIXTURES.glob(f"*/{name}"))


@functools.cache
def definition(portal, templates=TEMPLATES):
    return read_yaml(templates / portal / "portal.yaml")


@functools.cache
def cases(portal):
    return read_yaml(FIXTURES / portal / "cases.yaml")["cases"]


@functools.cache
def good(portal, name="good"):
    return read_yaml(FIXTURES / portal / f"{name}.yaml")


def good_names(portal):
    """The names of its good workbooks, `good` first."""
    return sorted(path.stem for path in (FIXTURES / portal).glob("good*.yaml"))


def read_by_somebody(folder, name, language):
    """What `import` of a good workbook made, by the name of the fixture with what it should."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    batches = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("batch-*.jsonl"))]
    sizes = [file["operations"] for file in manifest["files"] if file["operations"] is not None]
    effects = manifest["effects"] | {"batches": sizes, "held": manifest["held"]}
    checklist = folder / "checklist.txt"
    return {
        f"{name}-operations.jsonl": "".join(batches),
        f"{name}-effects.json": json.dumps(effects, indent=2, ensure_ascii=False) + "\n",
        f"{name}-checklist-{language}.txt":
            checklist.read_text(encoding="utf-8") if checklist.exists() else "",
    }


def words(text, language):
    """What stands in a text of the definition: the text itself or one of a table by language."""
    return text.get(language, text["en"]) if isinstance(text, dict) else str(text)


class Language:
    """A portal's titles in one language."""

    def __init__(self, portal, language, templates=TEMPLATES):
        self.portal, self.language = portal, language
        whole = definition(portal, templates)
        self.sheets = {sheet["id"]: sheet for sheet in whole["sheets"]}

    def sheet_title(self, sheet):
        return words(self.sheets[sheet]["title"], self.language)

    def sheet_id(self, title):
        """The id of the sheet with a title; - for none."""
        return {self.sheet_title(sheet): sheet for sheet in self.sheets}.get(title, "-")

    def title(self, sheet, name):
        """The header of a field's column, or of what a row asks for."""
        if name == "action":
            return ACTION[self.language]
        if name == "rowgateId":
            return ROWGATE_ID[self.language]
        if name.startswith("+"):
            return name[1:]
        return words(self.field(sheet, name)["title"], self.language)

    def field(self, sheet, name):
        return next(field for field in self.sheets[sheet]["fields"] if field["id"] == name)

    def cell(self, sheet, name, value):
        """What somebody who works in this language puts into a cell."""
        if isinstance(value, dict):
            return special(value)
        if self.language == "en" or not isinstance(value, str):
            return value
        if name == "action":
            return GERMAN_ACTIONS.get(value, value)
        if name == "rowgateId" or name.startswith("+"):
            return value
        field = self.field(sheet, name)
        if field["type"] == "boolean":
            return GERMAN_ANSWERS.get(value, value)
        choices = field.get("choices")
        for choice in choices if isinstance(choices, list) else []:
            if isinstance(choice, dict) and choice["value"] == value:
                return words(choice.get("title", value), self.language)
        return value


def special(value):
    """A date, or a text or an address of so many characters."""
    if "date" in value:
        return datetime.date.fromisoformat(value["date"])
    if "characters" in value:
        return "a" * value["characters"]
    end = f".{'b' * 60}" * 3 + ".example"
    return f"a@{'c' * (value['address'] - 2 - len(end))}{end}"


class Books:
    """Fills in one portal's blank workbook in one language."""

    def __init__(self, portal, language, folder, templates=TEMPLATES):
        self.names = Language(portal, language, templates)
        self.folder, self.templates = folder, templates
        self.template = folder / f"{portal}-{language}.xlsx"
        done = run("template", portal, "--lang", language, "--templates", templates,
                   "-o", self.template)
        assert done.returncode == 0, done.stderr
        self._short = None
        self._known = {}

    def whole(self, rows, name):
        """A workbook with these rows below the headers, and all that the blank one has."""
        return self._save(load_workbook(self.template), rows, name)

    def short(self, rows, name):
        """A workbook with these rows, and only some of the blank ones below."""
        if self._short is None:
            self._short = load_workbook(self.template)
            for sheet in self.names.sheets:
                cells = self._short[self.names.sheet_title(sheet)]
                cells.delete_rows(ROWS_MAX + 1, cells.max_row)
        filled = []
        try:
            return self._save(self._short, rows, name, filled)
        finally:
            for cell, style in filled:
                cell.value = None
                cell._style = style

    def known(self, records):
        """A workbook with these; many cases know the same, and share it."""
        key = json.dumps(records, sort_keys=True)
        if key not in self._known:
            self._known[key] = self.short(records, f"known-{len(self._known)}.xlsx")
        return self._known[key]

    def filled_only(self, rows, name):
        """A workbook without the sheets that have no rows, as some people delete them."""
        path = self.short(rows, name)
        book = load_workbook(path)
        for sheet in self.names.sheets:
            if not rows.get(sheet):
                del book[self.names.sheet_title(sheet)]
        book.save(path)
        return path

    def _save(self, book, rows, name, filled=None):
        for sheet, records in (rows or {}).items():
            cells = book[self.names.sheet_title(sheet)]
            columns = {cell.value: cell.column for cell in cells[1] if cell.value}

            def fill(row, column, value):
                cell = cells.cell(row=row, column=column)
                if filled is not None:
                    filled.append((cell, copy.copy(cell._style)))
                cell.value = value
                return cell

            for number, record in enumerate(records, 2):
                record = dict(record or {})
                font = Font(strike=True) if record.pop("crossedOut", False) else None
                for field, value in record.items():
                    title = self.names.title(sheet, field)
                    if title not in columns:
                        columns[title] = max(columns.values()) + 1
                        fill(1, columns[title], title)
                    cell = fill(number, columns[title], self.names.cell(sheet, field, value))
                    if font:
                        cell.font = font
        book.save(self.folder / name)
        return self.folder / name


class Case:
    """One set of rows with all that is handed in beside them."""

    def __init__(self, books, case):
        self.books, self.case = books, case

    def check(self, rows, keeps_blank_sheets=True):
        """What `check` finds in the rows: places, in order of the alphabet, and the report."""
        fill = self.books.short if keeps_blank_sheets else self.books.filled_only
        done = self.judged(fill(rows, "rows.xlsx"))
        assert done.stdout, done.stderr
        return self.told(json.loads(done.stdout))

    def judged(self, book, templates=None):
        """`check` of a workbook, by other definitions than the portal's own where they are named."""
        return run("check", book, *self.arguments(templates), "--format", "json", binary=FASTEST)

    def upload(self, folder):
        """What `import` finds in the case's rows; its outcome is in the folder."""
        book = self.books.whole(self.case["rows"], "whole.xlsx")
        done = run("import", book, *self.arguments(), "-o", folder)
        report = folder / "report.json"
        assert report.exists(), (done.returncode, done.stderr)
        return self.told(json.loads(report.read_text(encoding="utf-8")))

    def arguments(self, templates=None):
        """The options that hand in what the case says is known."""
        case = self.case
        arguments = ["--templates", templates or self.books.templates,
                     "--today", case.get("today", TODAY),
                     "--lang", self.books.names.language]
        if case.get("known") is not None:
            arguments += ["--existing", self.books.known(case["known"])]
        if case.get("settings"):
            text = yaml.safe_dump(case["settings"])
            arguments += ["--settings", self._written("settings.yaml", text)]
        for name, members in (case.get("lists") or {}).items():
            text = "".join(f"{member}\n" for member in members)
            kind = "csv" if ";" in text else "txt"
            arguments += ["--list", f"{name}={self._written(f'{name}.{kind}', text)}"]
        return arguments

    def _written(self, name, text):
        """A file with this text; another text is another file."""
        folder = self.books.folder / hashlib.sha256(text.encode()).hexdigest()[:8]
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    def told(self, report):
        """Places, in order of the alphabet, and the report itself."""
        return sorted(self._place(finding) for finding in report["findings"]), report

    def _place(self, finding):
        """`hosts B3 count.too_many`: sheet, cell (of what is told once the first one), code, and
        how bad it is where that is not what the code usually is."""
        place = finding["cell"]
        if finding["severity"] != "error" and finding["related"]:
            place = finding["related"][0].rpartition("!")[2]
        if place is None:
            place = f"row {finding['row']}" if finding["row"] else "-"
        text = f"{self.books.names.sheet_id(finding['sheet'])} {place} {finding['code']}"
        severity = finding["severity"]
        return text if severity == usual_severities()[finding["code"]] else f"{text} {severity}"


@functools.cache
def usual_severities():
    """How bad each code is where a rule does not say otherwise, as `rowgate explain` has it."""
    words = {"problem": "error", "please check": "warning", "note": "info"}
    lines = re.findall(r"^(\S+) \((.*)\)$", run("explain", "--lang", "en").stdout, re.M)
    return {code: words[word] for code, word in lines}


def told(report):
    """The findings as a failed test prints them."""
    return "\n".join(
        f"{finding['sheet']} {finding['cell']} {finding['code']}: {finding['message']}"
        for finding in report["findings"])


def assert_readable(report):
    """No place for a value is left in a sentence."""
    for finding in report["findings"]:
        text = f"{finding['message']} {finding['remedy']}"
        assert not re.search(r"\{\w+\}", text), text


def spoken(operation):
    """An operation without what differs by language: texts, and names of sheets."""
    listed = [each | {"source": each["source"]["row"]} for each in operation.get("list", [])]
    source = operation["source"] and operation["source"]["row"]
    rest = {name: value for name, value in operation.items() if name != "text"}
    return rest | {"source": source, "list": listed}


def assert_in_order(done):
    """Every operation is there once, numbered, and after what it waits for."""
    place = {operation["id"]: operation["seq"] for operation in done}
    place |= {operation["operation"]: operation["seq"] for operation in done
              if operation["key"] == []}
    assert len({operation["id"] for operation in done}) == len(done)
    assert [operation["seq"] for operation in done] == list(range(1, len(done) + 1))
    for operation in done:
        for other in operation["dependsOn"]:
            first = earliest_of(other, place)
            assert first is not None, (operation["id"], other)
            assert first < operation["seq"], (operation["id"], other)


def earliest_of(name, place):
    """Where an operation stands; for a kind of operation, as what is done once waits for, where the
    last of them stands."""
    if name in place:
        return place[name]
    return max((seq for each, seq in place.items() if each.startswith(f"{name}/")), default=None)
