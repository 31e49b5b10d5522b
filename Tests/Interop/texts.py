"""Every text that people read, by where it stands: in message files, definitions, blank workbooks,
and in what the program says and writes."""

import zipfile
from xml.etree import ElementTree

from driver import FASTEST, ROOT, run
from portal_cases import TEMPLATES, Books, Case, cases, definition, good, read_yaml

MESSAGES = ROOT / "Sources/Catalogue/Messages"
PORTALS = sorted(path.parent.name for path in TEMPLATES.glob("*/portal.yaml"))
# Where a definition keeps words: a text in English, or a table of texts by language.
WORDS = {"title", "noun", "nouns", "prompt", "readMe", "message", "remedy", "text", "mail"}
# What a cell says when it is entered, or filled in otherwise than it asks for.
ASKED = ("promptTitle", "prompt", "errorTitle", "error")


def messages(language):
    """The texts of a message file by path. Arguments of examples are none: somebody typed them."""
    whole = read_yaml(MESSAGES / f"{language}.yaml")
    texts = {f"fragments.{name}": text for name, text in whole["fragments"].items()}
    for code, parts in whole["codes"].items():
        for part in ("sentence", "remedy", "example"):
            texts[f"codes.{code}.{part}"] = parts[part]
    return texts


def words_of(portal):
    """The places of a definition that hold words: path, and what stands there."""
    return list(_words(definition(portal), portal))


def _words(node, path):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in WORDS and isinstance(value, list):
                yield from ((f"{path}.{key}[{index}]", each) for index, each in enumerate(value))
            elif key in WORDS:
                yield f"{path}.{key}", value
            else:
                yield from _words(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, each in enumerate(node):
            yield from _words(each, f"{path}[{index}]")


def texts_of(portal, language):
    """The texts of a definition in a language by path."""
    return {
        path: str(words[language] if isinstance(words, dict) else words)
        for path, words in words_of(portal)
        if not isinstance(words, dict) or language in words}


def texts_in(path):
    """The texts of a workbook by part: of cells, comments and names of sheets, also of hidden ones,
    and what cells ask for."""
    texts = {}
    with zipfile.ZipFile(path) as book:
        for part in filter(lambda name: name.endswith(".xml"), book.namelist()):
            found = set(_texts(ElementTree.fromstring(book.read(part))))
            texts |= {f"{part} {number}": text for number, text in enumerate(sorted(found))}
    return texts


def _texts(element):
    for each in element.iter():
        yield from (each.get(name) for name in ASKED if each.get(name))
        tag = each.tag.rpartition("}")[2]
        if tag == "sheet":
            yield each.get("name")
        elif tag == "is" or tag == "si" or tag == "text":
            yield "".join(each.itertext())
        elif tag == "c" and each.get("t") == "str":
            yield from (value.text for value in each if value.tag.endswith("}v") and value.text)


def lines(text, name):
    return {f"{name}:{number}": line for number, line in enumerate(text.splitlines(), 1)}


def explained(language):
    """What `rowgate explain` says of all codes."""
    return lines(run("explain", "--lang", language).stdout, "explain")


def said(portal, language, folder):
    """What comes of an upload of everything that can be wrong, and of a good one: the reports, the
    workbooks and the steps to do."""
    books, texts = Books(portal, language, folder), {}
    texts |= texts_in(books.template)
    for name, case in [("wrong", everything_wrong(portal)), ("good", good(portal))]:
        case = Case(books, case)
        book = books.short(case.case["rows"], f"{name}.xlsx")
        for form in ("text", "html"):
            done = run("check", book, *case.arguments(), "--format", form, binary=FASTEST)
            texts |= lines(done.stdout, f"{name} {form}")
        done = run("import", book, *case.arguments(), "-o", folder / name, binary=FASTEST)
        texts |= lines(done.stdout + done.stderr, f"{name} import")
        for path in sorted((folder / name).glob("*.xlsx")):
            texts |= {f"{name} {path.name} {at}": text for at, text in texts_in(path).items()}
        for path in sorted((folder / name).glob("*.txt")):
            texts |= lines(path.read_text(encoding="utf-8"), f"{name} {path.name}")
    return texts


def everything_wrong(portal):
    """The rows of all cases in one workbook, with all that is known in any of them."""
    whole = {"rows": {}, "known": {}, "lists": {}}
    for case in cases(portal):
        for part, gathered in whole.items():
            for name, members in (case.get(part) or {}).items():
                gathered.setdefault(name, []).extend(members or [])
    return whole
