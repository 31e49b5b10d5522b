"""read_peers.py fastexcel|polars|calamine FILE: reads every cell, says how many rows there were."""

import sys


def fastexcel(path):
    import fastexcel
    return fastexcel.read_excel(path).load_sheet(0).height


def polars(path):
    import polars
    return polars.read_excel(path, engine="calamine").height


def calamine(path):
    from python_calamine import CalamineWorkbook
    return sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


READERS = {reader.__name__: reader for reader in (fastexcel, polars, calamine)}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in READERS:
        sys.exit(__doc__)
    print(f"rows={READERS[sys.argv[1]](sys.argv[2])}")
