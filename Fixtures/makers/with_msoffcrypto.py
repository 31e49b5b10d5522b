"""A workbook with a password, encrypted by msoffcrypto-tool as Excel does."""

import io

from msoffcrypto.format.ooxml import OOXMLFile


def make(folder, good):
    """Writes encrypted.xlsx; the password is `rowgate`, the salt differs each time."""
    plain = OOXMLFile(io.BytesIO(good.read_bytes()))
    with open(folder / "encrypted.xlsx", "wb") as file:
        plain.encrypt("rowgate", file)
