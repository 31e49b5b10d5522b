"""Every number of the list of attacks has a test, and ../hostile.md names it."""

import ast
import re

import pytest

from driver import ROOT

PAGE = ROOT / "Tests/hostile.md"
INTEROP = ROOT / "Tests/Interop"
COUNT = 156
# What a line says that no test holds, or not as a whole.
OPEN = re.compile(r"\b(not held|waits? for )\b")


def lines():
    """Of each line of the page: number, what is said to hold it, and the tests among that."""
    found = re.findall(r"^\| (\d+)(?: ★)? \|.*\|([^|]*)\|$", PAGE.read_text(encoding="utf-8"),
                       re.MULTILINE)
    return [(int(number), held, re.findall("`([^`]+)`", held)) for number, held in found]


def numbers_in(path):
    """The numbers that labels and names of tests in a Python file begin with."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name.removeprefix("test_") for node in ast.walk(tree)
             if isinstance(node, ast.FunctionDef)]
    texts = [node.value for node in ast.walk(tree)
             if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {int(found[1]) for text in names + texts if (found := re.match(r"(\d+)[ _]", text))}


def test_every_number_has_its_line():
    assert [number for number, _, _ in lines()] == list(range(1, COUNT + 1))


@pytest.mark.parametrize("number, held, tests", [
    pytest.param(*line, id=str(line[0])) for line in lines()])
def test_a_line_names_tests_that_exist_or_says_what_is_open(number, held, tests):
    assert tests or OPEN.search(held)
    for test in tests:
        file, _, name = test.partition(": ")
        path = ROOT / "Tests" / file if "/" in file else INTEROP / file
        assert path.exists(), test
        if name:
            assert name in path.read_text(encoding="utf-8"), test
        elif file.startswith("test_hostile"):
            assert number in numbers_in(path), test
