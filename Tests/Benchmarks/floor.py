"""floor.py FILE: the floor under every reader, the seconds of inflating the first sheet and the
shared strings with zlib on one core, checksums included; nothing is parsed or kept."""

import os
import struct
import sys
import time
import zipfile
import zlib

PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")
# What comes of a piece stays small enough for memory that is used again: larger is slower.
PIECE_BYTES = 1 << 13


def main(path):
    with zipfile.ZipFile(path) as book:
        packed = [
            (part.CRC, raw(path, part)) for part in book.infolist() if part.filename in PARTS]
    start = time.monotonic()
    for checksum, data in packed:
        assert inflated(data) == checksum
    print(f"seconds={time.monotonic() - start:.4f}")


def raw(path, part):
    """The part as it lies in the file, behind a header of 30 bytes and two lengths of text."""
    with open(path, "rb") as file:
        file.seek(part.header_offset)
        header = file.read(30)
        file.seek(sum(struct.unpack("<HH", header[26:30])), os.SEEK_CUR)
        return file.read(part.compress_size)


def inflated(data):
    """The checksum of what comes out."""
    stream, checksum = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for start in range(0, len(data), PIECE_BYTES):
        piece = data[start:start + PIECE_BYTES]
        checksum = zlib.crc32(stream.decompress(piece), checksum)
    return checksum


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
