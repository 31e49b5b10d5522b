"""check_peers.py pandera FILE: the four checks a pandera user would write for this workbook."""

import sys

import pandera.polars as pa
import polars as pl


def main(path):
    frame = pl.read_excel(path, engine="calamine")
    address = pa.Check.str_matches(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    schema = pa.DataFrameSchema({
        "Company Name": pa.Column(str),
        "Email Address": pa.Column(str, [address], unique=True),
        "Platform": pa.Column(str, pa.Check.isin(["Luminate Wholesale"])),
        "Customer Billing Reference": pa.Column(str),
    })
    schema.validate(frame, lazy=True)


if __name__ == "__main__":
    main(sys.argv[2])
