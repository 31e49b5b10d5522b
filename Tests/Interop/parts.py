"""The cells of a workbook as its parts have them, with nothing that a library makes of them."""

import re
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree

from readers import MAIN, sheets


class Cell(NamedTuple):
    """A cell as it stands in a part."""
    kind: str
    text: str
    is_quoted: bool
    formula: str | None


def cells(path):
    """Every cell by sheet title and reference."""
    with zipfile.ZipFile(path) as archive:
        strings = shared_strings(archive)
        quoted = [each.get("quotePrefix") in ("1", "true") for each in ElementTree.fromstring(
            archive.read("xl/styles.xml")).find(f"{MAIN}cellXfs")]
        return {
            title: {
                each.get("r"): cell(each, strings, quoted)
                for each in ElementTree.fromstring(archive.read(part)).iter(f"{MAIN}c")}
            for title, part in sheets(archive)}


def shared_strings(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [joined(item) for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]


def cell(element, strings, quoted):
    kind, value, formula = (
        element.get("t", "n"), element.find(f"{MAIN}v"), element.find(f"{MAIN}f"))
    if kind == "inlineStr":
        text = joined(element.find(f"{MAIN}is"))
    else:
        text = "" if value is None else value.text or ""
        text = strings[int(text)] if kind == "s" else text
    return Cell(kind, text, quoted[int(element.get("s", 0))],
                None if formula is None else formula.text or "")


def joined(element):
    return decoded("".join(each.text or "" for each in element.iter(f"{MAIN}t")))


def decoded(text):
    """What `_xHHHH_` stands for; halves of surrogate pairs that meet become one character."""
    text = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    return re.sub("[\ud800-\udbff][\udc00-\udfff]", joined_halves, text)


def joined_halves(found):
    return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def escaped(text):
    """As a workbook writes a text: what XML has not becomes `_xHHHH_`."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(
        "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]",
        lambda found: f"_x{ord(found[0]):04X}_", text)


def column(cells, title):
    """The cells of a column below its title in row 1, by the row's number."""
    letters = next(re.match("[A-Z]+", reference)[0] for reference, each in cells.items()
                   if each.text == title and re.fullmatch("[A-Z]+1", reference))
    return {int(reference[len(letters):]): each for reference, each in cells.items()
            if re.fullmatch(f"{letters}(?!1$)[0-9]+", reference)}


def places(path, mark):
    """Where a text stands that matches `mark`: part and path of elements, each once."""
    found = set()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            found |= {(name, where) for where in places_in(archive.read(name), mark)}
            if mark.search(name):
                found.add((name, "name"))
    return found


def places_in(part, mark):
    steps, found = [], set()
    parser = ElementTree.XMLPullParser(["start", "end"])
    parser.feed(part)
    for event, element in parser.read_events():
        if event == "start":
            steps.append(element.tag.rpartition("}")[2])
            found |= {"/".join([*steps, "@" + name]) for name, value in element.items()
                      if mark.search(value)}
        else:
            if mark.search(element.text or ""):
                found.add("/".join(steps))
            steps.pop()
            if steps and mark.search(element.tail or ""):
                found.add("/".join(steps))
    return found
