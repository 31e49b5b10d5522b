"""C: markup that hurts. Numbers are those of ../hostile.md; XMLTests hold each rule by itself."""

import json
import random

import pytest

from books import (
    BOOK, EVERY_PART, MAIN, RELS, SHEET, STRINGS, STYLES, TYPES, Book, Raw, cell, customer, row,
    sheet, strings)
from driver import FASTEST, run
from universal import judge
from zip_bytes import STORED, archive

SEED = 17
MIB = 1 << 20
PASSWORDS = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>%s]>" % "".join(
    f"<!ENTITY a{depth} '{f'&a{depth - 1};' * 10}'>" for depth in range(1, 10))
QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]>"
GOOD = Book()


def before(part, text):
    """A good book with a text before the root of a part."""
    return Book().with_part(part, text + GOOD[part]).bytes()


def inside(text, part=SHEET, old="<sheetData>"):
    return Book().swapped(part, old, old + text).bytes()


def encoded(text, encoding):
    return Book().with_part(SHEET, text.encode(encoding)).bytes()


def declared(name, encoding="utf-8"):
    return encoded(f'<?xml version="1.0" encoding="{name}"?>' + GOOD[SHEET], encoding)


def external(target):
    return before(SHEET, f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{target}"> %p;]>')


def noise(count, chance):
    """Text that hardly deflates, so that no rule about density answers first."""
    return chance.randbytes(count // 2).hex()


def in_cell(value):
    return Book(customer(0), customer(1, D=value), customer(2)).bytes()


def names(count):
    return inside("".join(f"<n{index}/>" for index in range(count)))


def nested(depth):
    return inside("<extLst>" * depth + "</extLst>" * depth)


def broken(old, new):
    """The sheet's bytes with something else in them."""
    text = GOOD[SHEET].encode()
    assert old in text
    return Book().with_part(SHEET, text.replace(old, new, 1)).bytes()


CHANCE = random.Random(SEED)
LONG = noise(9 * MIB, CHANCE)
XMLNS = "".join(f' xmlns:n{index}="u"' for index in range(3_500))

DOCUMENTS = {
    f"35 a file as an entity in {part}": (lambda part=part: before(part, PASSWORDS), "xml.doctype")
    for part in EVERY_PART
} | {
    "36 laughs in text": (
        lambda: Book().with_part(STRINGS, LAUGHS + strings("&a9;")).bytes(), "xml.doctype"),
    "36 laughs in an attribute": (
        lambda: Book().with_part(SHEET, LAUGHS + sheet([], "<dimension ref='&a9;'/>")).bytes(),
        "xml.doctype"),
    "36 quadratic": (lambda: Book().with_part(
        STRINGS, QUADRATIC + strings("&a;" * 10_000)).bytes(), "xml.doctype"),
    "37 http": (lambda: external("http://127.0.0.1:9/x.dtd"), "xml.doctype"),
    "37 ftp": (lambda: external("ftp://127.0.0.1:9/x.dtd"), "xml.doctype"),
    "37 jar": (lambda: external("jar:file:///x!/y"), "xml.doctype"),
    "37 expect": (lambda: external("expect://id"), "xml.doctype"),
    "37 an external subset": (
        lambda: before(SHEET, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), "xml.doctype"),
    "38 UTF-16": (lambda: encoded("\ufeff" + PASSWORDS + GOOD[SHEET], "utf-16-le"), "xml.doctype"),
    "38 UTF-16, big end first": (
        lambda: encoded("\ufeff" + PASSWORDS + GOOD[SHEET], "utf-16-be"), "xml.doctype"),
    "38 UTF-16 without mark": (
        lambda: encoded(PASSWORDS + GOOD[SHEET], "utf-16-le"), "xml.doctype"),
    "39 UTF-7": (lambda: Book().with_part(
        SHEET, b"+/v8-" + GOOD[SHEET].encode()).bytes(), "xml.encoding_not_allowed"),
    "39 UTF-7, declared": (lambda: declared("UTF-7"), "xml.encoding_not_allowed"),
    "39 EBCDIC": (lambda: encoded('<?xml version="1.0"?>' + GOOD[SHEET], "cp037"),
                  "xml.encoding_not_allowed"),
    "39 UTF-32": (lambda: encoded("\ufeff" + GOOD[SHEET], "utf-32-be"),
                  "xml.encoding_not_allowed"),
    "39 UTF-32, little end first": (
        lambda: encoded("\ufeff" + GOOD[SHEET], "utf-32-le"), "xml.encoding_not_allowed"),
    "39 utf8x": (lambda: declared("utf8x"), "xml.encoding_not_allowed"),
    "39 GB18030": (lambda: declared("GB18030", "gb18030"), "xml.encoding_not_allowed"),
    "39 UTF-8 that calls itself UTF-16": (
        lambda: declared("UTF-16"), "xml.encoding_not_allowed"),
    "39 two declarations": (
        lambda: before(SHEET, '<?xml version="1.0"?><?xml version="1.0" encoding="UTF-7"?>'),
        "xml.malformed"),
    "41 16,000 attributes": (
        lambda: inside("<row " + "".join(f'a{index}="" ' for index in range(16_000)) + "/>"),
        "xml.tag_too_long"),
    "41 4,000 attributes": (
        lambda: inside("<row " + "".join(f'a{index}="" ' for index in range(4_000)) + "/>"),
        "xml.too_many_attributes"),
    "41 a tag of 10 MB": (lambda: inside(f'<row a="{LONG}"/>'), "xml.tag_too_long"),
    "42 100,000 declarations": (
        lambda: inside("<row " + "".join(f'xmlns:n{at}="u" ' for at in range(100_000)) + "/>"),
        "xml.tag_too_long"),
    "42 3,500 declarations and a million elements": (
        lambda: inside(f"<x{XMLNS}>" + "<c/>" * 1_000_000 + "</x>"), "xml.too_many_namespaces"),
    "42 100,000 different namespaces": (
        lambda: inside("".join(f'<x xmlns="u{index}"/>' for index in range(100_000))),
        "xml.too_many_namespaces"),
    "43 600,000 names": (lambda: names(600_000), "xml.too_many_names"),
    "44 a level too deep": (lambda: nested(31), "xml.too_deep"),
    "44 a million levels": (lambda: nested(1_000_000), "xml.too_deep"),
    "45 a comment of 9 MB": (lambda: inside(f"<!--{LONG}-->"), "xml.tag_too_long"),
    "45 an instruction of 9 MB": (lambda: inside(f"<?a {LONG}?>"), "xml.tag_too_long"),
    "45 CDATA of 9 MB": (
        lambda: in_cell(Raw(f'<c t="str"><v><![CDATA[{LONG}]]></v></c>')), "xml.tag_too_long"),
    "46 tags that do not match": (lambda: broken(b"</row>", b"</rows>"), "xml.malformed"),
    "46 NUL": (lambda: broken(b"Ann", b"A\0n"), "xml.malformed"),
    "46 a character that XML has not": (lambda: broken(b"Ann", b"A\x08n"), "xml.malformed"),
    "46 a reference to one": (lambda: broken(b"Ann", b"&#8;"), "xml.malformed"),
    "46 overlong UTF-8": (lambda: broken(b"Ann", b"\xc0\x80n"), "xml.malformed"),
    "46 half a surrogate pair": (lambda: broken(b"Ann", b"\xed\xa0\x80"), "xml.malformed"),
    "46 half a pair by reference": (lambda: broken(b"Ann", b"&#xD800;"), "xml.malformed"),
    "46 a second root": (lambda: broken(b"</worksheet>", b"</worksheet><x/>"), "xml.malformed"),
    "46 an entity nobody declared": (
        lambda: broken(b"Ann", b"&nbsp;"), "xml.malformed"),
    "49 too many instructions": (
        lambda: inside("<?a?>" * 1_000_001), "xml.too_many_unknown"),
    "49 too many unknown elements": (
        lambda: inside('<x xmlns="u">' + "<c/>" * 1_000_001 + "</x>"),
        "xml.too_many_unknown"),
}


@pytest.mark.parametrize("label", DOCUMENTS)
def test_markup_that_hurts_is_refused_with_its_code(label, tmp_path):
    make, code = DOCUMENTS[label]
    outcome = judge(make(), tmp_path, memory=32 * 1024, seconds=0.5)
    assert (outcome.status, outcome.codes) == (2, [code])
    if label.startswith("35"):
        assert label.split()[-1] in outcome.report["findings"][0]["message"]
    if label.startswith("46"):
        assert SHEET in outcome.report["findings"][0]["message"]


@pytest.mark.parametrize("label, make", {
    "45 12 MB in a value": lambda: in_cell(Raw(f'<c t="str"><v>{noise(12 * MIB, CHANCE)}</v></c>')),
    "45 12 MB in an inline text": lambda: in_cell(noise(12 * MIB, CHANCE)),
}.items(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_text_that_no_cell_holds_sends_its_row_back(label, make, tmp_path):
    outcome = judge(make(), tmp_path, memory=16 * 1024, seconds=1)
    assert (outcome.status, outcome.cells) == (1, [("D3", "cell.too_long")])
    assert outcome.accepted == 2


TEXTS = {
    "47 entities": ("<t>a&amp;b&#10;c&#x1F600;</t>", "a&b\nc😀"),
    "47 CDATA": ("<t><![CDATA[<&]]>x</t>", "<&x"),
    "47 white space that is kept": ('<t xml:space="preserve"> a </t>', " a "),
    "47 white space that is not": ("<t> a </t>", "a"),
    "47 an escaped line end": ("<t>a_x000D_b</t>", "a\rb"),
    "47 an escape that is escaped": ("<t>_x005F_x000D_</t>", "_x000D_"),
    "47 a pair of escapes": ("<t>_xD83D__xDE00_</t>", "😀"),
    "47 CR LF": ("<t>a\r\nb</t>", "a\nb"),
}


@pytest.mark.parametrize("label", TEXTS)
def test_texts_are_decoded_once(label, tmp_path):
    text, expected = TEXTS[label]
    path = tmp_path / "book.xlsx"
    inline = f'<c r="A1" t="inlineStr"><is>{text}</is></c>'
    path.write_bytes(Book(rows=[f'<row r="1">{inline}</row>']).bytes())
    printed = run("inspect", path, binary=FASTEST).stdout.splitlines()
    assert json.loads(printed[1])["value"] == expected
