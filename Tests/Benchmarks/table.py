"""Lines as a Markdown table, readable on a terminal as it is."""

HEAD = ["what", "Rowgate", "beside", "ratio", "goal", "", "inflate floors"]


def table(lines):
    rows = [HEAD, *map(cells, lines)]
    widths = [max(map(len, column)) for column in zip(*rows)]
    rule = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
        for row in [rows[0], rule, *rows[1:]])


def cells(line):
    if line.figure is None:
        return [line.what, line.ours, line.theirs, "", "", line.verdict, ""]
    ours, ratio = (line.ours, figure(line)) if line.is_ratio else (figure(line), "")
    return [
        line.what, ours, line.theirs, ratio, f"at most {number(line.goal, line)} {line.unit}",
        line.verdict, "" if line.floor is None else f"{line.floor:.1f}"]


def figure(line):
    """With the lowest and the highest of what it is the median of."""
    told = number(line.figure, line) + ("" if line.is_ratio else f" {line.unit}")
    if line.spread:
        told += f" ({' to '.join(number(each, line) for each in line.spread)})"
    return told


def number(value, line):
    return f"{value:.0f}" if line.unit in ("MB", "ms") else f"{value:.2f}"
