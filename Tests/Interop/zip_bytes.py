"""ZIP archives written byte by byte, so that every field of them can lie (PKWARE's APPNOTE 4.3)."""

import struct
import zlib
from dataclasses import dataclass, field

STORED, DEFLATED = 0, 8
DESCRIPTOR = 1 << 3
LOCAL, DIRECTORY, DESCRIBED = b"PK\3\4", b"PK\1\2", b"PK\7\10"
LARGE = 0xFFFF_FFFF


@dataclass
class Entry:
    """An entry; `local` and `directory` replace values in one of its two headers."""
    name: bytes
    contents: bytes = b""
    method: int = DEFLATED
    # Replaces the compressed bytes.
    data: bytes | None = None
    local: dict = field(default_factory=dict)
    directory: dict = field(default_factory=dict)
    before: bytes = b""
    after: bytes = b""
    is_listed: bool = True
    has_local: bool = True

    def __post_init__(self):
        if self.data is None:
            self.data = self.contents if self.method == STORED else deflate(self.contents)

    def values(self):
        return {
            "flags": 0, "method": self.method, "crc": zlib.crc32(self.contents),
            "packed": len(self.data), "size": len(self.contents), "name": self.name, "extra": b"",
            "comment": b"", "disk": 0, "attributes": 0}

    def both(self, **values):
        self.local |= values
        self.directory |= values
        return self

    def describe(self, with_signature=True):
        """Moves sum and sizes behind the data, as programs do that can't go back."""
        values = self.values()
        self.both(flags=DESCRIPTOR)
        self.local |= {"crc": 0, "packed": 0, "size": 0}
        self.after = (DESCRIBED if with_signature else b"") + struct.pack(
            "<III", values["crc"], values["packed"], values["size"])
        return self


def archive(
        entries, /, *, before_directory=b"", before_end=b"", comment=b"", comment_size=None,
        zip64=None, **end):
    """The bytes of an archive. `zip64` holds what its ZIP64 end record says otherwise, `end` what
    its end record does: entries, size, offset, disk."""
    body, records = bytearray(), []
    for entry in entries:
        body += entry.before
        offset = len(body)
        if entry.has_local:
            body += local_header(entry.values() | entry.local) + entry.data + entry.after
        if entry.is_listed:
            records.append(record({"offset": offset} | entry.values() | entry.directory))
    body += before_directory
    directory = b"".join(records)
    told = {"entries": len(records), "size": len(directory), "offset": len(body), "disk": 0}
    body += directory + before_end
    if zip64 is not None:
        body += zip64_end(told | zip64, len(body))
    told |= end
    size = len(comment) if comment_size is None else comment_size
    return bytes(body) + struct.pack(
        "<4sHHHHIIH", b"PK\5\6", told["disk"], told["disk"], told["entries"], told["entries"],
        told["size"], told["offset"], size) + comment


def local_header(values):
    return struct.pack(
        "<4sHHHHHIIIHH", LOCAL, 20, values["flags"], values["method"], 0, 33, values["crc"],
        values["packed"], values["size"], len(values["name"]), len(values["extra"])
    ) + values["name"] + values["extra"]


def record(values):
    return struct.pack(
        "<4sHHHHHHIIIHHHHHII", DIRECTORY, 20, 20, values["flags"], values["method"], 0, 33,
        values["crc"], values["packed"], values["size"], len(values["name"]),
        len(values["extra"]), len(values["comment"]), values["disk"], 0, values["attributes"],
        values["offset"]) + values["name"] + values["extra"] + values["comment"]


def zip64_end(told, offset):
    return struct.pack(
        "<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, told["entries"], told["entries"],
        told["size"], told["offset"]) + struct.pack(
            "<4sIQI", b"PK\6\7", 0, told.get("locator", offset), 1)


def zip64_extra(*values):
    return struct.pack("<HH", 1, 8 * len(values)) + struct.pack(f"<{len(values)}Q", *values)


def deflate(contents):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(contents) + packer.flush()


def deflate_repeated(block, count):
    """What `block` so many times deflates to, without holding it: blocks that know nothing of one
    another may follow one another."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * count + deflate(b"")
