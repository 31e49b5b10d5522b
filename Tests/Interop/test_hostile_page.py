"""Every number of the list of attacks has a test, and ../hostile.md names it."""

import ast
import re

import pytest

from driver import ROOT

PAGE = ROOT / "Tests/hostile.md"
INTEROP = ROOT / "Tests/Interop"
# About logs, pages and downloads of a server.
LEFT_OUT = {92, 96, 98}
# Files broken and made up in numbers.
AT_LARGE = [151, 153]


def lines():
    """Of each line of the page: number, whether it is of the first wave, and its tests."""
    found = re.findall(r"^\| (\d+)( ★)? \|.*\|([^|]*)\|$", PAGE.read_text(encoding="utf-8"),
                       re.MULTILINE)
    return [(int(number), bool(star), re.findall("`([^`]+)`", tests))
            for number, star, tests in found]


def numbers_in(path):
    """The numbers that labels and names of tests in a Python file begin with."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name.removeprefix("test_") for node in ast.walk(tree)
             if isinstance(node, ast.FunctionDef)]
    texts = [node.value for node in ast.walk(tree)
             if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {int(found[1]) for text in names + texts if (found := re.match(r"(\d+)[ _]", text))}


def test_every_number_of_a_to_f_has_its_line():
    assert [number for number, _, _ in lines()] == [
        number for number in range(1, 99) if number not in LEFT_OUT] + AT_LARGE


@pytest.mark.parametrize("number, tests", [
    pytest.param(number, tests, id=str(number)) for number, _, tests in lines()])
def test_a_line_names_tests_that_exist(number, tests):
    assert tests
    for test in tests:
        file, _, name = test.partition(": ")
        path = INTEROP / file if file.endswith(".py") else ROOT / "Tests" / file
        assert path.exists(), test
        if name:
            assert name in path.read_text(encoding="utf-8"), test
        elif file.startswith("test_hostile"):
            assert number in numbers_in(path), test
