"""check_peers.py pandera FILE: reads with polars and makes the four checks a pandera user would
write for this workbook; says how many cells fail."""

import sys

import pandera.polars as pandera
import polars


def main(path):
    frame = polars.read_excel(path, engine="calamine")
    address = pandera.Check.str_matches(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    schema = pandera.DataFrameSchema({
        "Company Name": pandera.Column(str),
        "Email Address": pandera.Column(str, [address], unique=True),
        "Platform": pandera.Column(str, pandera.Check.isin(["Luminate Wholesale"])),
        "Customer Billing Reference": pandera.Column(str),
    })
    try:
        schema.validate(frame, lazy=True)
        failures = 0
    except pandera.errors.SchemaErrors as error:
        failures = len(error.failure_cases)
    print(f"failures={failures}")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "pandera":
        sys.exit(__doc__)
    main(sys.argv[2])
