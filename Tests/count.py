"""count.py FOLDER: adds up the results of `Tests/run` and closes with `N passed, N failed, N skipped`.

FOLDER holds a JUnit file for each runner and NAME.failed for each that ended badly: a runner that
failed without naming a failed test, for want of a build or by a crash, counts as one failure. With
CI=true whatever was skipped has failed.
"""

import os
import pathlib
import sys
from xml.etree import ElementTree


def main(folder):
    passed, failed, skipped = [], [], []
    for path in sorted(folder.glob("*.xml")):
        for case in ElementTree.parse(path).iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            if case.find("failure") is not None or case.find("error") is not None:
                failed.append(name)
            elif case.find("skipped") is not None:
                skipped.append(name)
            else:
                passed.append(name)
    failed += [
        f"{mark.stem} did not finish" for mark in folder.glob("*.failed")
        if not has_failure(mark.with_suffix(".xml"))]
    if os.environ.get("CI") == "true":
        failed, skipped = failed + skipped, []
    for name in failed:
        print(f"failed: {name}")
    for name in skipped:
        print(f"skipped: {name}")
    print(f"{len(passed)} passed, {len(failed)} failed, {len(skipped)} skipped")
    return 1 if failed or not passed else 0


def has_failure(path):
    return path.exists() and any(
        case.find("failure") is not None or case.find("error") is not None
        for case in ElementTree.parse(path).iter("testcase"))


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
