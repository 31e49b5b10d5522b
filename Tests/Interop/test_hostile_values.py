"""E: values that look like others. Numbers are those of ../hostile.md; ValidationTests hold each
rule by itself."""

import json
import subprocess
import zlib
from collections import Counter

import pytest

from books import HEADER, SHEET, STYLES, Book, Raw, customer, number, row, sheet, styles
from driver import FASTEST, run
from universal import SLOWNESS, judge
from zip_bytes import archive

# Excel's last row is the last customer's; a debug build gets a twentieth.
EVERY_ROW = 1_048_575 if SLOWNESS == 1 else 50_000
MILLION = 1_000_000 // SLOWNESS
ALL_MEMORY = 200 * 1024
ZEROS = styles('<xf/><xf numFmtId="200"/><xf numFmtId="14"/>',
               '<numFmt numFmtId="200" formatCode="0000000000"/>')
EMAIL, NAME, TEXT = "B", "A", "D"


def with_value(column, value):
    """Three customers, the second with another value in a column."""
    return Book(customer(0), customer(1, **{column: value}), customer(2)).with_part(
        STYLES, ZEROS).bytes()


def typed(kind, value):
    return Raw(f'<c t="{kind}"><v>{value}</v></c>')


WRONG = {
    "73 a phone number whose zero only shows": (TEXT, number("123456789", 1),
                                                 "cell.leading_zero_lost"),
    "74 16 digits": (TEXT, number("1234567890123456"), "cell.precision_lost"),
    "74 20 digits": (TEXT, number("12345678901234567890"), "cell.precision_lost"),
    "75 what Excel shows of twelve digits": (TEXT, number("1.23457E+11"),
                                              "cell.scientific_notation"),
    "77 a fraction": (TEXT, number("0.1"), "cell.not_text"),
    "77 a number with an exponent": (TEXT, number("1e3"), "cell.scientific_notation"),
    "79 a date in a text column": (TEXT, number("45000", 2), "cell.not_text"),
    "79 an ISO date": (TEXT, typed("d", "2026-01-31"), "cell.not_text"),
    "80 no value": (TEXT, typed("e", "#N/A"), "cell.error_value"),
    "80 no reference": (TEXT, typed("e", "#REF!"), "cell.error_value"),
    "80 a truth of 2": (TEXT, typed("b", "2"), "cell.not_text"),
    "80 a truth": (TEXT, typed("b", "1"), "cell.not_text"),
    "82 a line end inside": (TEXT, "Le\ne", "cell.control_character"),
    "82 a wide blank before": (EMAIL, "\u3000ann@acme.example", "email.invalid"),
    "84 a Cyrillic letter": (NAME, "\u0430cme.12345.service", "domain.invalid"),
    "85 a label of 64": (EMAIL, f"ann@{'a' * 64}.example", "email.invalid"),
    "85 bad Punycode": (EMAIL, "ann@xn--.example", "email.invalid"),
    "85 an address of 255": (EMAIL, "a" * 64 + "@" + "b." * 92 + "example", "email.invalid"),
    "85 a dot at the end": (EMAIL, "ann@acme.example.", "email.invalid"),
    "85 a dash before": (EMAIL, "ann@-acme.example", "email.invalid"),
    "85 an underscore": (EMAIL, "ann@ac_me.example", "email.invalid"),
    "85 an address of a machine": (EMAIL, "ann@[127.0.0.1]", "email.invalid"),
    "85 localhost": (EMAIL, "ann@localhost", "email.invalid"),
    "89 longer than a cell": (TEXT, "x" * 32_768, "cell.too_long"),
} | {
    f"83 U+{ord(character):04X} in column {column}": (
        column, value.replace("c", "c" + character, 1), "cell.invisible_character")
    for character in "\u200b\u200d\ufeff\u00ad\u202e\u2066\U000e0041"
    for column, value in (("A", "acme.12345.service"), ("B", "ann@acme.example"))
} | {
    f"78 the number {lexeme[:9]}": (TEXT, number(lexeme), "cell.not_text")
    for lexeme in ("NaN", "INF", "0x1A", "1e400", "1_000", "--1", "9" * 400)
}


@pytest.mark.parametrize("label", WRONG)
def test_a_value_that_is_not_what_it_seems_sends_its_row_back(label, tmp_path):
    column, value, code = WRONG[label]
    outcome = judge(with_value(column, value), tmp_path, seconds=0.5)
    assert outcome.cells == [(f"{column}3", code)]
    assert (outcome.status, outcome.accepted) == (1, 2)
    if label.startswith("83"):
        assert label.split()[1] in outcome.report["findings"][0]["message"] + "".join(
            each["message"] for each in outcome.report["findings"])


# What is taken, as it is handed on.
TAKEN = {
    "74 15 digits": (TEXT, number("123456789012345"), "123456789012345", set()),
    "76 digits as text": (TEXT, "123", "123", set()),
    "76 a blank before digits": (TEXT, " 123", "123", {"cell.trimmed"}),
    "76 wide digits": (TEXT, "１２３", "１２３", set()),
    "76 a comma": (TEXT, "1,234", "1,234", set()),
    "76 a no-break space": (TEXT, "1\u00a0234", "1\u00a0234", set()),
    "77 a whole number": (TEXT, number("123"), "123", set()),
    "77 a whole number with a fraction": (TEXT, number("123.0"), "123", set()),
    "77 minus nothing": (TEXT, number("-0"), "0", set()),
    "78 a plus": (TEXT, number("+5"), "5", set()),
    "79 a date as text": (TEXT, "03/04/2026", "03/04/2026", set()),
    "80 a truth as text": (TEXT, "TRUE", "TRUE", set()),
    "81 runs and what they sound like": (
        TEXT, Raw('<c t="inlineStr"><is><r><t>Le</t></r><r><t>e</t></r>'
                  '<rPh sb="0" eb="1"><t>no</t></rPh></is></c>'), "Lee", set()),
    "82 blanks around": (EMAIL, " \tann@acme-north.example\u00a0",
                         "ann@acme-north.example",
                         {"cell.trimmed"}),
    "87 a tag": (EMAIL, "ann+x@acme.example", "ann+x@acme.example", {"email.alias"}),
}


@pytest.mark.parametrize("label", TAKEN)
def test_a_value_is_taken_as_what_it_is(label, tmp_path):
    column, value, expected, notes = TAKEN[label]
    data = with_value(column, value)
    outcome = judge(data, tmp_path)
    assert (outcome.status, outcome.accepted) == (0, 3)
    assert notes <= outcome.notes
    assert handed_on(data, tmp_path)[{"B": "email", "D": "lastName"}[column]] == expected


def handed_on(data, folder):
    """What a batch says of the second customer."""
    path = folder / "book.xlsx"
    path.write_bytes(data)
    done = run("import", path, "--portal", "studio", "--without-domain-check", "-o",
               folder / "out", binary=FASTEST)
    assert done.returncode == 0, done.stderr
    lines = (folder / "out/batch-0001.jsonl").read_text(encoding="utf-8").splitlines()
    data = [json.loads(line)["data"] for line in lines if '"kind":"file"' in line]
    return data[1]


SERIALS = {
    "79 -1": ("-1", "n", -1), "79 0": ("0", "d", "00:00:00"), "79 1": ("1", "d", "1900-01-01"),
    "79 59": ("59", "d", "1900-02-28"), "79 60": ("60", "d", "1900-02-29"),
    "79 61": ("61", "d", "1900-03-01"), "79 2958465": ("2958465", "d", "9999-12-31"),
    "79 2958466": ("2958466", "n", 2958466), "79 1e300": ("1e300", "n", 1e300),
    "79 0.5": ("0.5", "d", "12:00:00"),
}


@pytest.mark.parametrize("label", SERIALS)
def test_a_serial_is_a_date_or_a_number(label, tmp_path):
    lexeme, kind, value = SERIALS[label]
    path = tmp_path / "book.xlsx"
    path.write_bytes(Book(rows=[row(1, [number(lexeme, 2)])]).with_part(STYLES, ZEROS).bytes())
    cell = json.loads(run("inspect", path, binary=FASTEST).stdout.splitlines()[1])
    assert (cell["type"], cell["value"]) == (kind, value)


LENGTHS = {
    "89 32,767 units": ("x" * 32_767, "s", 32_767),
    "89 32,768 units": ("x" * 32_768, "e", 32_767),
    "89 a smiley that fits": ("x" * 32_765 + "😀", "s", 32_766),
    "89 a smiley over the edge": ("x" * 32_766 + "😀", "e", 32_766),
}


@pytest.mark.parametrize("label", LENGTHS)
def test_a_text_is_as_long_as_a_cell_or_a_fault(label, tmp_path):
    value, kind, length = LENGTHS[label]
    path = tmp_path / "book.xlsx"
    path.write_bytes(Book(rows=[row(1, [value])]).bytes())
    cell = json.loads(run("inspect", path, binary=FASTEST).stdout.splitlines()[1])
    assert (cell["type"], len(cell["value"])) == (kind, length)


TWINS = {
    "86 in another case": ("ann@twin.example", "ANN@Twin.Example"),
    "86 a domain composed and decomposed": ("ann@caf\u00e9.example", "ann@cafe\u0301.example"),
    "86 the sign of Kelvin": ("ann@kilo.example", "ann@\u212ailo.example"),
    "86 wide letters": ("ann@wide.example", "ann@ｗｉｄｅ.example"),
}


@pytest.mark.parametrize("label", TWINS)
def test_every_twin_names_the_others(label, tmp_path):
    one, other = TWINS[label]
    book = Book(customer(0, B=one), customer(1, B=other), customer(2))
    outcome = judge(book.bytes(), tmp_path)
    assert outcome.cells == [
        ("B2", "email.duplicate_in_file"), ("B3", "email.duplicate_in_file")]
    related = [each["related"] for each in outcome.report["findings"]
               if each["code"] == "email.duplicate_in_file"]
    assert related == [["B3"], ["B2"]]


def test_71_hidden_rows_are_judged_and_counted(tmp_path):
    rows = [row(1, HEADER), row(2, customer(0)), row(3, customer(1), ' hidden="1"'),
            row(4, customer(2), ' hidden="true"')]
    outcome = judge(Book(rows=rows, after='<autoFilter ref="A1:G4"/>').bytes(), tmp_path)
    assert (outcome.status, outcome.accepted) == (0, 3)
    assert outcome.report["counts"]["hidden"] == 2


def test_72_a_million_blank_rows_are_counted(tmp_path):
    blank = "".join(
        f'<row r="{at}" s="1"><c r="A{at}" s="1"/></row>' for at in range(3, MILLION + 3))
    gap = MILLION + 40_000
    rows = [row(1, HEADER), row(2, customer(0)), blank, row(gap, customer(1))]
    outcome = judge(Book(rows=rows).bytes(), tmp_path, seconds=5)
    counts = outcome.report["counts"]
    assert (outcome.status, counts["rows"], counts["blank"]) == (0, gap - 1, gap - 3)


@pytest.mark.parametrize("label, value", {
    "88 one letter": "a" * 32_767,
    "88 at signs": "a@" * 10_000,
    "88 quotes": '"' * 10_000 + "@a.example",
    "88 comments": "(" * 10_000 + "ann@acme.example",
    "88 dots": "a." * 10_000 + "@a.example",
    "88 spaces": "x" + " " * 32_000 + "x",
}.items())
def test_a_long_value_takes_no_time(label, value, tmp_path):
    book = Book(*(customer(index, A=value, B=value, D=value, F=value) for index in range(4)))
    outcome = judge(book.bytes(), tmp_path, seconds=0.5)
    assert (outcome.status, outcome.report["counts"]["rejected"]) == (1, 4)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A sheet that is filled to Excel's last row."""
    path = tmp_path_factory.mktemp("full") / "full.xlsx"
    path.write_bytes(filled(EVERY_ROW))
    return path


def filled(count):
    """A book of so many good rows, made in pieces as they are many."""
    packer, size, crc, packed = zlib.compressobj(1, zlib.DEFLATED, -15), 0, 0, []
    head, tail = sheet([row(1, HEADER), "\0"]).encode().split(b"\0")
    for start in range(0, count, 10_000):
        rows = "".join(
            f'<row r="{at}">{text(f"firm{at}.service")}{text(f"ann{at}@firm.example")}'
            f'{text("Ann")}{text("Lee")}<c/>{text("Luminate Wholesale")}</row>'
            for at in range(start + 2, min(start + 10_000, count) + 2)).encode()
        piece = (b"" if start else head) + rows + (b"" if start + 10_000 < count else tail)
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        packed.append(packer.compress(piece))
    entries = Book().entries()
    entries[4].data = b"".join(packed) + packer.flush()
    entries[4].both(size=size, crc=crc, packed=len(entries[4].data))
    return archive(entries)


def text(value):
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def test_90_a_full_sheet_is_accepted(full, tmp_path):
    done = run("check", full, "--portal", "studio", "--format", "json", binary=FASTEST)
    counts = json.loads(done.stdout)["counts"]
    assert (done.returncode, counts["rows"], counts["accepted"]) == (0, EVERY_ROW, EVERY_ROW)


def test_91_a_full_sheet_of_faults_is_told_row_by_row(full, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("nobody.service\n")
    process = subprocess.Popen(
        [FASTEST, "check", full, "--portal", "studio", "--domains", names, "--set",
         "platform=Other", "--format", "jsonl"], stdout=subprocess.PIPE)
    with process.stdout as lines:
        counts = json.loads(next(lines))["counts"]
        codes = Counter(line.split(b'"', 4)[3] for line in lines)
    assert (process.wait(), counts["rejected"]) == (1, EVERY_ROW)
    assert codes[b"domain.unknown"] == codes[b"cell.not_in_list"] == EVERY_ROW


def test_91_a_page_shows_a_thousand_and_the_total(tmp_path):
    path, count = tmp_path / "book.xlsx", 5_000
    path.write_bytes(filled(count))
    done = run("check", path, "--portal", "studio", "--set", "platform=Other", binary=FASTEST)
    lines = [line for line in done.stdout.splitlines() if "cell.not_in_list" in line]
    assert done.returncode == 1
    assert len(lines) <= 1_000 and f"{count} rows to fix" in done.stdout
