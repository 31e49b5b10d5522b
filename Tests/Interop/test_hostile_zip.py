"""B: archives that lie. Numbers are those of ../hostile.md; ZipTests hold each rule by itself."""


import pytest

from books import (
    BOOK, EVERY_PART, MAIN, OFFICE, SHEET, STRICT, STRINGS, STYLES, TYPES, Book, row, sheet)
from universal import SLOWNESS, judge
from zip_bytes import (
    DESCRIPTOR, LARGE, STORED, Entry, archive, deflate, deflate_repeated, local_header, record,
    zip64_extra)

MIB, GIB = 1 << 20, 1 << 30
SHEET_NAME = SHEET.encode()
EMPTY_BLOCK = b"\0\0\0\xff\xff"


def changed(part=SHEET, **both):
    """A good book with other values in both headers of a part."""
    return archive([
        entry.both(**both) if entry.name == part.encode() else entry for entry in entries()])


def entries():
    return Book().entries()


def with_local(**values):
    every = entries()
    every[4].local |= values
    return archive(every)


def with_directory(part=4, **values):
    every = entries()
    every[part].directory |= values
    return archive(every)


def bomb(size, told=None, data=None):
    """A sheet of zeros, or of what `data` inflates to; the directory tells `told` bytes."""
    told = size if told is None else told
    every = entries()
    packed = (
        deflate_repeated(bytes(64 * MIB), size // (64 * MIB)) if data is None else data)
    every[4].data = packed
    values = {"size": min(told, LARGE), "packed": len(packed), "crc": 0}
    every[4].both(**values)
    if told >= LARGE:
        every[4].directory["extra"] = zip64_extra(told)
        every[4].local |= {"extra": zip64_extra(told, len(packed)), "packed": LARGE}
    return archive(every)


def overlapping(count):
    """Each of the entries holds all that follow it, quoted in a stored block: 40 kB that would
    inflate to gigabytes (Fifield's zbsm)."""
    kernel = deflate(bytes(32 * MIB))
    headers = [b"%03d" % index for index in range(count)]
    body, offsets = bytearray(), []
    for name in headers:
        offsets.append(len(body))
        body += local_header(Entry(name, data=kernel).values())
    size = len(body) + len(kernel)
    records = b"".join(
        record({"offset": offset} | Entry(name, data=bytes(size - offset - 33)).values())
        for name, offset in zip(headers, offsets))
    return bytes(body) + kernel + archive([])[:0] + end(records, size, count)


def end(records, offset, count):
    return records + archive([], entries=count, size=len(records), offset=offset)


def twice_pointed():
    every = entries()
    every.append(Entry(b"xl/other.xml", every[-1].contents, has_local=False))
    every[-1].directory["offset"] = len(archive(every[:6], before_directory=b"")) - 22 - sum(
        46 + len(each.name) for each in every[:6])
    return archive(every)


def second(name, contents=b"<x/>"):
    """A good book with another entry that may pass for its sheet."""
    return archive(entries() + [Entry(name, contents)])


def extra_swallows():
    """The local extra field quotes the next entry's header."""
    every = entries()
    every[4].local["extra"] = b"\x99\x99\x3c\0"
    return archive([
        each.both(packed=len(each.data) + 40) if each is every[4] else each for each in every])


def many(count):
    return archive([Entry(b"%d" % index, b"", STORED) for index in range(count)])


def named(name, **values):
    return archive(entries() + [Entry(name, b"x", STORED).both(**values)])


def progressless():
    return bomb(0, told=500, data=EMPTY_BLOCK * 1_000_000)


def end_in_comment():
    good = archive(entries())
    return archive(entries(), comment=good[-22:])


def unlisted():
    every = entries() + [Entry(b"xl/hidden.xml", b"<x/>")]
    every[-1].is_listed = False
    return archive(every)


FAKE_RECORD = record({"offset": 0} | Entry(SHEET_NAME, b"<x/>").values())

ARCHIVES = {
    "15 ten GiB of zeros, told": (lambda: bomb(10 * GIB), "zip.inflated_too_large"),
    "15 ten GiB of zeros, of which 1 GiB is told": (
        lambda: bomb(10 * GIB, told=GIB), "zip.ratio"),
    "16 two GiB and a byte": (lambda: bomb(0, 2 * GIB + 1, deflate(b"<row/>") + bytes(4 * MIB)),
                              "zip.inflated_too_large"),
    "17 entries that hold one another": (lambda: overlapping(250), "zip.overlap"),
    "18 two records for one entry": (twice_pointed, "zip.overlap"),
    "18 a header that the extra field before swallows": (extra_swallows, "zip.overlap"),
    "18 a header in the directory": (
        lambda: with_directory(offset=len(archive(entries())) - 200),
        "zip.overlap"),
    "19 a hundred bytes told, 2 GiB there": (
        lambda: bomb(2 * GIB, told=100), "zip.size_mismatch"),
    "20 4 GiB out of ten bytes": (
        lambda: changed(size=LARGE - 1), "zip.size_mismatch"),
    "20 4 GiB out of ten bytes, in the directory": (
        lambda: with_directory(size=LARGE - 1), "zip.size_mismatch"),
    "20 4 GiB out of ten bytes, in the local header": (
        lambda: with_local(size=LARGE - 1), "zip.header_mismatch"),
    "21 a size of 2^63": (
        lambda: with_directory(size=LARGE, extra=zip64_extra(1 << 63)), "zip.bad_header"),
    "21 a size of 2^64-1": (
        lambda: with_directory(size=LARGE, extra=zip64_extra((1 << 64) - 1)), "zip.bad_header"),
    "21 a compressed size of 2^63": (
        lambda: with_directory(packed=LARGE, extra=zip64_extra(1 << 63)), "zip.bad_header"),
    "21 an offset of 2^64-1": (
        lambda: with_directory(offset=LARGE, extra=zip64_extra((1 << 64) - 1)), "zip.bad_header"),
    "21 a ZIP64 field that leaves its record": (
        lambda: with_directory(size=LARGE, extra=b"\1\0\xff\xff" + bytes(8)), "zip.bad_header"),
    "22 a size beyond 32 bits without field": (
        lambda: with_directory(size=LARGE), "zip.bad_header"),
    "22 a locator beyond the file": (
        lambda: archive(entries(), zip64={"locator": 1 << 40}), "zip.bad_header"),
    "22 a locator to elsewhere": (
        lambda: archive(entries(), zip64={"locator": 0}), "zip.bad_header"),
    "22 an entry too few": (lambda: archive(entries(), entries=6), "zip.bad_header"),
    "22 an entry too many": (lambda: archive(entries(), entries=8), "zip.bad_header"),
    "23 two sheets of one name": (
        lambda: second(SHEET_NAME, sheet([row(1, ["x"])]).encode()), "zip.duplicate_entry"),
    "24 in capitals": (lambda: second(SHEET_NAME.upper()), "zip.duplicate_entry"),
    "24 with backslashes": (
        lambda: second(SHEET_NAME.replace(b"/", b"\\")), "zip.duplicate_entry"),
    "24 with a dot": (lambda: second(b"./" + SHEET_NAME), "zip.duplicate_entry"),
    "24 with an escape": (
        lambda: second(SHEET_NAME.replace(b"xl/", b"xl%2F")), "zip.duplicate_entry"),
    "24 composed and decomposed": (
        lambda: archive(entries() + [Entry("é".encode()), Entry("e\u0301".encode())]),
        "zip.duplicate_entry"),
    "25 another local name": (lambda: with_local(name=b"xl/worksheets/sheet2.xml"),
                              "zip.header_mismatch"),
    "25 another local method": (lambda: with_local(method=STORED), "zip.header_mismatch"),
    "25 other local flags": (lambda: with_local(flags=2), "zip.header_mismatch"),
    "25 another local size": (lambda: with_local(size=5), "zip.header_mismatch"),
    "26 two end records": (
        lambda: archive(entries(), before_end=archive(entries())[-22:]), "zip.ambiguous"),
    "26 an end record in the comment": (end_in_comment, "zip.ambiguous"),
    "26 a directory record in a comment": (
        lambda: with_directory(comment=FAKE_RECORD), "zip.ambiguous"),
    "27 two archives": (lambda: archive(entries()) * 2, "zip.prefix_data"),
    "27 bytes before, which the offsets count": (lambda: archive(
        [Entry(b"a", before=b"PK\3\4"), *entries()]), "zip.prefix_data"),
    "27 an entry that is not listed": (unlisted, "zip.unlisted_data"),
    "27 a gap": (lambda: archive(
        [*entries(), Entry(b"x", before=b"gap")]), "zip.unlisted_data"),
    "28 10,001 entries": (lambda: many(10_001), "zip.too_many_entries"),
    "28 65,534 entries told": (
        lambda: archive(entries(), entries=65_534), "zip.too_many_entries"),
    "28 a million entries told": (
        lambda: archive(entries(), zip64={"entries": 1_000_000}, entries=65_535),
        "zip.too_many_entries"),
    "29 up and away": (lambda: named(b"../../etc/cron.d/x"), "zip.bad_name"),
    "29 absolute": (lambda: named(b"/abs"), "zip.bad_name"),
    "29 a drive": (lambda: named(b"C:\\x"), "zip.bad_name"),
    "29 NUL": (lambda: named(b"a\0b"), "zip.bad_name"),
    "29 a control character": (lambda: named(b"a\x1bb"), "zip.bad_name"),
    "29 65,535 bytes": (lambda: named(b"n" * 65_535), "zip.bad_name"),
    "29 a symbolic link": (lambda: named(b"link", attributes=0o120777 << 16), "zip.bad_name"),
    "29 a device": (lambda: named(b"device", attributes=0o020644 << 16), "zip.bad_name"),
    "30 a wrong sum over a sheet that parses": (lambda: changed(crc=7), "zip.crc"),
    "32 encrypted": (lambda: changed(flags=1), "zip.encrypted"),
    "32 strongly encrypted": (lambda: changed(flags=1 << 6), "zip.encrypted"),
    "32 headers encrypted": (lambda: changed(flags=1 << 13), "zip.encrypted"),
    "32 several disks": (lambda: archive(entries(), disk=1), "zip.multidisk"),
    "32 an entry on another disk": (lambda: with_directory(disk=1), "zip.multidisk"),
    "33 a stream of no bytes": (lambda: bomb(0, data=b""), "zip.corrupt"),
    "33 a million blocks of nothing": (progressless, "zip.corrupt"),
    "33 no end": (lambda: bomb(0, told=400, data=EMPTY_BLOCK * 80), "zip.corrupt"),
    "33 no deflate": (lambda: bomb(0, told=400, data=b"\7" * 400), "zip.corrupt"),
} | {
    f"32 method {method}": (lambda method=method: changed(method=method), "zip.method")
    for method in (9, 12, 14, 93, 95, 98, 99)
}
SECONDS = {"15": 3, "16": 3, "28": 2, "33": 1}


@pytest.mark.parametrize("label", ARCHIVES)
def test_an_archive_that_lies_is_refused_with_its_code(label, tmp_path):
    make, code = ARCHIVES[label]
    outcome = judge(
        make(), tmp_path, memory=16 * 1024, seconds=SECONDS.get(label.split()[0], 0.5))
    assert (outcome.status, outcome.codes) == (2, [code])


# --- What honest programs write


def strict():
    book = Book()
    for name in book:
        for old, new in STRICT.items():
            book[name] = book[name].replace(old, new)
    return book.bytes()


def prefixed():
    book = Book()
    book[SHEET] = book[SHEET].replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').replace(
        "</", "\0").replace("<", "<x:").replace("\0", "</x:")
    return book.bytes()


def wrong_sum_nobody_reads():
    image = Entry(b"xl/media/image1.png", b"\x89PNG").both(crc=7)
    return archive(entries() + [image])


HONEST = {
    "31 a wrong sum in an image": wrong_sum_nobody_reads,
    "34 descriptors with signature": lambda: archive([each.describe() for each in entries()]),
    "34 descriptors without signature": lambda: archive(
        [each.describe(with_signature=False) for each in entries()]),
    "34 stored": lambda: archive(Book().entries(method=STORED)),
    "34 content types last": lambda: archive(entries()[1:] + entries()[:1]),
    "34 in reverse": lambda: archive(entries()[::-1]),
    "34 ZIP64 without need": lambda: archive(entries(), zip64={}),
    "34 folders": lambda: archive([Entry(b"xl/", b"", STORED), *entries()]),
    "34 Strict": strict,
    "34 a prefix": prefixed,
    "34 a comment": lambda: archive(entries(), comment=b"made by hand"),
}


@pytest.mark.parametrize("label", HONEST)
def test_what_is_odd_but_honest_changes_nothing(label, tmp_path):
    outcome = judge(HONEST[label](), tmp_path)
    assert (outcome.status, outcome.accepted) == (0, 3)
    assert outcome.report["counts"]["rows"] == 3
