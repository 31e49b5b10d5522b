"""A portal's definition with one thing taken out of it, or made weaker: each time another one.

What the fixtures demand of a definition must fail with every one of them; `test_mutations.py` says
of rules where that is so, and `test_operation_mutations.py` of what is done at the portal.
"""

import copy
import re

ACTIONS = [
    "Create", "Update", "Delete", "Invite", "Reset password", "Link", "Unlink", "Accept", "Decline",
    "Give personal room"]
# Of a longer list only the last member is taken out: the others are told by the same line.
MEMBERS_MAX = 8
CONDITIONS = ("when", "kind", "parentWhen")
# What a rule may have and go without.
PARTS = ("severity", "code", "codes", "fill", "ifAny", "was", "wrongSheets")
LISTS = ("fields", "in", "values", "sheet")
# What an operation, and what is said of trials, may have and go without.
OPERATION_PARTS = ("changesOnly", "list", "charge", "optional", "mail", "interval", "apart")
TRIAL_PARTS = ("ends", "begins", "days")


def mutations(definition):
    """Pairs of a name and a definition; the names are different ones."""
    for place, path, value in changes(definition):
        yield " ".join(place), changed(definition, path, value)


def operation_mutations(definition):
    """The same, of what is done at the portal and what is said of it."""
    for operation in definition["operations"]:
        yield operation["id"], without_operation(definition, operation["id"])
    for place, path, value in all_operation_changes(definition):
        yield " ".join(place), changed(definition, path, value)


def changed(definition, path, value):
    """A copy with this value there; without one for `None`."""
    whole = copy.deepcopy(definition)
    holder = whole
    for step in path[:-1]:
        holder = holder[step]
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return whole


def changes(definition):
    """Each change as a place, a path, and the value that comes there; `None` for none."""
    for index, sheet in enumerate(definition["sheets"]):
        yield from sheet_changes(sheet, ["sheets", index])
    for index, hold in enumerate(definition.get("holds", [])):
        place, path = [f"hold {hold['id']}"], ["holds", index]
        yield place, path, None
        yield from condition_changes(hold["when"], place + ["when"], path + ["when"])
    for name, directory in definition.get("directories", {}).items():
        if directory.get("needed"):
            yield [f"directory {name}", "needed"], ["directories", name, "needed"], None


def sheet_changes(sheet, path):
    name = sheet["id"]
    for key in ("renamed", "updatedByCreate", "blank"):
        if key in sheet:
            yield [name, f"no {key}"], path + [key], None
    for key in ("key", "renamed", "updatedByCreate", "actions"):
        yield from member_changes(sheet, key, [name, key], path)
    if len(sheet.get("actions", [])) > 1:
        yield [name, "every action"], path + ["actions"], ACTIONS
    yield from rules_changes(sheet, [name], path)
    for index, field in enumerate(sheet["fields"]):
        yield from field_changes(field, [f"{name}/{field['id']}"], path + ["fields", index])


def field_changes(field, place, path):
    is_read = all(rule["rule"] != "readOnly" for rule in field.get("rules", []))
    # What stands in a cell that nobody reads makes no difference.
    if field["type"] != "text" and is_read:
        loose = {key: value for key, value in field.items() if key not in ("choices", "emit")}
        yield place + ["any text"], path, loose | {"type": "text"}
    if "lines" in field:
        yield place + ["one line"], path + ["lines"], None
    if isinstance(field.get("choices"), dict) and field["choices"].get("open"):
        yield place + ["not open"], path + ["choices", "open"], None
    yield from rules_changes(field, place, path)


def rules_changes(holder, place, path):
    """A second rule of a kind is called `unique(2)`."""
    kinds = []
    for index, rule in enumerate(holder.get("rules", [])):
        kinds.append(rule["rule"])
        count = kinds.count(rule["rule"])
        name = f"{place[0]}#{rule['rule']}" + (f"({count})" if count > 1 else "")
        # A longer address is none: that stands in no definition.
        if (holder.get("type"), rule["rule"]) != ("email", "maxLength"):
            yield from rule_changes(rule, [name], path + ["rules", index])


def rule_changes(rule, place, path):
    yield place, path, None
    for key in PARTS:
        if key in rule:
            yield place + [f"no {key}"], path + [key], None
    for key in CONDITIONS:
        if isinstance(rule.get(key), dict):
            yield place + [f"no {key}"], path + [key], None
            yield from condition_changes(rule[key], place + [key], path + [key])
    for key in LISTS:
        yield from member_changes(rule, key, place + [key], path)
    if len(rule.get("by", [])) > 1 and isinstance(rule["by"], list):
        for index in range(len(rule["by"])):
            fewer = {key: rule[key][:index] + rule[key][index + 1:]
                     for key in ("by", "to") if key in rule}
            yield place + ["by", f"without {rule['by'][index]}"], path, rule | fewer
    yield from bound_changes(rule, place, path)


def bound_changes(rule, place, path):
    for key, further in (("maximum", 1), ("minimum", -1)):
        if key not in rule:
            continue
        if isinstance(rule[key], int):
            yield place + [key, f"{rule[key] + further}"], path + [key], rule[key] + further
        if "maximum" in rule and "minimum" in rule:
            yield place + [f"no {key}"], path + [key], None
    for found in re.finditer(r"(?<=[{,])(\d+)\}", rule.get("pattern", "")):
        longer = rule["pattern"][:found.start()] + f"{int(found[1]) + 1}}}"
        longer += rule["pattern"][found.end():]
        yield place + ["pattern", longer], path + ["pattern"], longer


def member_changes(holder, key, place, path):
    """Each member of a list left out."""
    members = holder.get(key)
    if not isinstance(members, list) or len(members) < 2:
        return
    whole = range(len(members))
    for index in whole if len(members) <= MEMBERS_MAX else whole[-1:]:
        yield (place + [f"without {members[index]}"], path + [key],
               members[:index] + members[index + 1:])


def condition_changes(condition, place, path):
    """The condition with each part of it left out."""
    for key in ("in", "action"):
        yield from member_changes(condition, key, place, path)
    for key in ("all", "any"):
        members = condition.get(key, [])
        yield from member_changes(
            {key: [Shown(each) for each in members]}, key, place + [key], path)
        for index, each in enumerate(members):
            yield from condition_changes(each, place + [key], path + [key, index])
    for key in ("not",):
        if key in condition:
            yield from condition_changes(condition[key], place + [key], path + [key])


def without_operation(definition, name):
    """A copy in which nothing speaks of an operation."""
    whole = copy.deepcopy(definition)
    operations = [each for each in whole["operations"] if each["id"] != name]
    for holder, key in [
        *((each, key) for each in operations for key in ("after", "afterAll")),
        *((each, "operations") for each in whole.get("holds", [])),
    ]:
        if key in holder:
            holder[key] = [each for each in holder[key] if each != name]
    return whole | {"operations": operations}


def all_operation_changes(definition):
    for index, operation in enumerate(definition["operations"]):
        yield from operation_changes(operation, [operation["id"]], ["operations", index])
    for index, hold in enumerate(definition.get("holds", [])):
        place, path = [f"hold {hold['id']}"], ["holds", index]
        yield place, path, None
        yield from part_changes(hold, ("operations",), place, path)
    for index, sheet in enumerate(definition["sheets"]):
        if "trial" in sheet:
            place, path = [sheet["id"], "trial"], ["sheets", index, "trial"]
            yield place, path, None
            yield from part_changes(sheet["trial"], TRIAL_PARTS, place, path)
            yield from when_changes(sheet["trial"], place, path)
        for number, field in enumerate(sheet["fields"]):
            yield from part_changes(
                field, ("emit",), [f"{sheet['id']}/{field['id']}"],
                ["sheets", index, "fields", number])


def operation_changes(operation, place, path):
    yield from part_changes(operation, OPERATION_PARTS, place, path)
    yield from when_changes(operation, place, path)
    for key in ("after", "afterAll"):
        for index, name in enumerate(operation.get(key, [])):
            fewer = operation[key][:index] + operation[key][index + 1:]
            yield place + ["not after", name], path + [key], fewer or None
    for name in operation.get("data", {}):
        yield place + ["data", f"without {name}"], path + ["data", name], None
    yield from list_changes(operation.get("list", []), place + ["list"], path + ["list"])


def list_changes(lists, place, path):
    if isinstance(lists, dict):
        yield from listed_changes(lists, place, path)
        return
    for index, each in enumerate(lists):
        of_sheet = place + [each["sheet"]]
        yield of_sheet, path, lists[:index] + lists[index + 1:]
        yield from listed_changes(each, of_sheet, path + [index])


def listed_changes(listed, place, path):
    yield from when_changes(listed, place, path)
    yield from member_changes(listed, "fields", place, path)


def when_changes(holder, place, path):
    if "when" in holder:
        yield from part_changes(holder, ("when",), place, path)
        yield from condition_changes(holder["when"], place + ["when"], path + ["when"])


def part_changes(holder, keys, place, path):
    for key in keys:
        if key in holder:
            yield place + [f"no {key}"], path + [key], None


class Shown(dict):
    """A condition whose name is short."""

    def __str__(self):
        return " ".join(
            f"{key} {value if isinstance(value, str) else '…'}" for key, value in self.items())
