"""The customers of the fixtures: what a reseller typed, what would have been right, and what is wrong.

Every name, firm and address is invented; addresses are in `.example`.
"""

from dataclasses import dataclass, field

HEADERS = {
    "name": "Company Name",
    "email": "Email Address",
    "first": "First Name",
    "last": "Last Name",
    "reference": "Customer Billing Reference",
    "platform": "Platform",
    "package": "Package",
    "notes": "Notes",
}
PLATFORM = "Luminate Wholesale"

# Stem of the domain (`acme` is acme.12345.service) and its description at NetSapiens. Near-alikes on
# purpose: alder/elder, brook/brooks/crook, clay/clary, marsh/march, and firms that differ by a word.
FIRMS = {
    "acme": "Acme Ltd",
    "acme-north": "Acme North Logistics",
    "alder": "Alder Dental Practice",
    "elder": "Elder Care Homes",
    "ash": "Ash & Partners Solicitors",
    "aspen": "Aspen Travel",
    "bay": "Bay Print Works",
    "beech": "Beech Hill School",
    "birch": "Birch Architects",
    "bramble": "Bramble Foods",
    "brook": "Brook Veterinary Surgery",
    "brooks": "Brooks Insurance",
    "crook": "Crook Hall Hotel",
    "cedar": "Cedar Estate Agents",
    "cherry": "Cherry Lane Nursery",
    "clay": "Clay Pottery",
    "clary": "Clary Perfumes",
    "cliff": "Cliff Top Campsite",
    "cobalt": "Cobalt Paints",
    "copper": "Copper Kettle Cafe",
    "cove": "Cove Sailing Club",
    "crane": "Crane Hire South",
    "dale": "Dale Farm Supplies",
    "delta": "Delta Couriers",
    "dove": "Dove Funeral Services",
    "dune": "Dune Surf Shop",
    "ember": "Ember Heating",
    "falcon": "Falcon Security",
    "fern": "Fern Florists",
    "flint": "Flint Masonry",
    "forge": "Forge Fitness",
    "glen": "Glen Distillery",
    "granite": "Granite Worktops",
    "harbour": "Harbour Fish Market",
    "hazel": "Hazel Opticians",
    "heath": "Heath Pharmacy",
    "heron": "Heron Boats",
    "holly": "Holly Bakery",
    "iris": "Iris Photography",
    "juniper": "Juniper Accountants",
    "kestrel": "Kestrel Aviation",
    "larch": "Larch Joinery",
    "lime": "Lime Street Dental",
    "linden": "Linden Recruitment",
    "maple": "Maple Leaf Removals",
    "marsh": "Marsh Plumbing",
    "march": "March Music School",
    "meadow": "Meadow Dairy",
    "myrtle": "Myrtle Interiors",
    "oak": "Oak Furniture",
    "olive": "Olive Tree Catering",
    "orchid": "Orchid Spa",
    "otter": "Otter Software",
    "pebble": "Pebble Creative",
    "pine": "Pine Ridge Golf",
    "poplar": "Poplar Motors",
    "quarry": "Quarry Bank Museum",
    "raven": "Raven Books",
    "reed": "Reed Thatching",
    "rowan": "Rowan Tree Surgery",
    "sage": "Sage Physiotherapy",
    "spruce": "Spruce Cleaning",
    "thistle": "Thistle Tailors",
    "willow": "Willow Garden Centre",
}


def domain(stem):
    """The NetSapiens domain of a firm."""
    assert stem in FIRMS, stem
    return f"{stem}.12345.service"


@dataclass
class Line:
    """One row of a sheet: `typed` is `right` but for the changes, `faults` names a code for each field."""

    right: dict
    typed: dict
    faults: dict = field(default_factory=dict)


def line(stem, first, last, *, typed=None, faults=None, **right):
    """A customer; keywords change what would be right, `typed` what the reseller wrote instead."""
    values = {
        "name": domain(stem),
        "email": f"{first.lower()}@{stem}.example",
        "first": first,
        "last": last,
        "reference": domain(stem),
        "platform": PLATFORM,
        "package": None,
        "notes": None,
    }
    values |= right
    return Line(values, values | (typed or {}), faults or {})


BLANK = None

GOOD = [
    line("alder", "Ann", "Lee"),
    line("ash", "Bob", "Nowak"),
    line("bay", "Chloe", "García"),
    line("beech", "Dan", "O'Neil"),
    line("birch", "Élodie", "Müller", email="elodie@birch.example"),
    line("bramble", "Farid", "Khan"),
    line("brook", "Grace", "Okafor"),
    line("cedar", "Hiro", "Sato"),
    line("cherry", "Ines", "Silva", package="Free"),
    line("clay", "Jürgen", "Weiß", email="juergen@clay.example"),
    line("cliff", "Kate", "Rossi"),
    line("cobalt", "Liam", "Byrne"),
    line("cove", "Mia", "Zhou"),
    line("dale", "Noah", "Smith", package="Free"),
    line("delta", "Olga", "Petrova"),
    line("dune", "Paul", "Evans", typed={"reference": None}),
    line("ember", "Quinn", "Hall"),
    line("fern", "Rosa", "Bianchi"),
    line("flint", "Sam", "Wood"),
    line("glen", "Tess", "MacLeod"),
    line("heron", "Uma", "Patel"),
    line("iris", "Victor", "Hugo"),
    line("maple", "Wendy", "Clark"),
    line("olive", "Xavier", "Blanc"),
    line("otter", "Yara", "Haddad"),
]

# The mixed workbook. A comment above a line says which fault it is there for.
MIXED = [
    line("alder", "Ann", "Lee"),
    # One address three times, once in capitals.
    line("ash", "Bob", "Nowak", email="admin@agency.example",
         faults={"email": "email.duplicate_in_file"}),
    line("bay", "Chloe", "García", notes="+44 20 7946 0001"),
    line("beech", "Dan", "O'Neil",
         typed={"email": "Admin@Agency.example"}, faults={"email": "email.duplicate_in_file"}),
    # Blank platforms: the portal's own file calls the column optional.
    line("bramble", "Farid", "Khan",
         typed={"platform": None}, faults={"platform": "cell.required"}),
    line("brook", "Grace", "Okafor", notes="007",
         typed={"platform": None}, faults={"platform": "cell.required"}),
    line("cedar", "Hiro", "Sato", package="Free"),
    BLANK,
    line("cherry", "Ines", "Silva",
         typed={"platform": "luminate wholesale"}, faults={"platform": "cell.not_in_list"}),
    # A name one letter off.
    line("cobalt", "Liam", "Byrne",
         typed={"name": "cobolt.12345.service"},
         faults={"name": "domain.unknown", "reference": "cell.must_equal"}),
    # The firm's name instead of its domain.
    line("acme", "Mia", "Zhou", typed={"name": "Acme Ltd"}, faults={"name": "domain.invalid"}),
    line("birch", "Noah", "Smith",
         typed={"name": "Birch.12345.service"},
         faults={"name": "domain.case_differs", "reference": "cell.must_equal"}),
    line("cove", "Olga", "Petrova",
         typed={"reference": "COVE-0042"}, faults={"reference": "cell.must_equal"}),
    # A blank reference is filled: nothing is wrong.
    line("dale", "Paul", "Evans", typed={"reference": None}),
    line("delta", "Quinn", "Hall",
         typed={"email": None}, faults={"email": "cell.required"}),
    line("dune", "Rosa", "Bianchi", notes="=SUM(A1:A9)",
         typed={"email": "rosa.dune.example"}, faults={"email": "email.invalid"}),
    line("ember", "Sam", "Wood",
         typed={"email": "sam@ember.example; office@ember.example"},
         faults={"email": "email.several"}),
    line("falcon", "Tess", "MacLeod",
         typed={"email": "Tess MacLeod <tess@falcon.example>"},
         faults={"email": "email.invalid"}),
    BLANK,
    BLANK,
    line("fern", "Uma", "Patel",
         typed={"first": None, "last": None},
         faults={"first": "cell.required", "last": "cell.required"}),
    # Five independent faults.
    line("flint", "Victor", "Hugo",
         typed={"name": "nobody.99999.service", "email": "victor at flint", "first": None,
                "last": "#N/A", "reference": None, "platform": "Wholesale"},
         faults={"name": "domain.unknown", "email": "email.invalid", "first": "cell.required",
                 "last": "cell.error_value", "platform": "cell.not_in_list"}),
    line("forge", "Wendy", "Clark",
         typed={"last": 12.5}, faults={"last": "cell.not_text"}),
    # A whole number in a name is taken as its text.
    line("glen", "Xavier", 7),
    line("granite", "Yara", "Haddad",
         typed={"last": "#N/A"}, faults={"last": "cell.error_value"}),
    # Spaces round a value are cut, and said.
    line("harbour", "Zoe", "Martin",
         typed={"name": "harbour.12345.service ", "email": "  zoe@harbour.example",
                "platform": "Luminate Wholesale "}),
    line("hazel", "Adam", "Brown", package="Professional"),
    line("heath", "Bella", "Jones", package="Professional", notes="=cmd|' /C calc'!A0"),
    # The third of the shared address.
    line("heron", "Carl", "Davis", notes="00447700900123",
         typed={"email": "admin@agency.example"}, faults={"email": "email.duplicate_in_file"}),
    # One domain twice; the second row meant another firm.
    line("holly", "Dora", "Adams", faults={"name": "record.duplicate_in_file"}),
    line("iris", "Evan", "Green",
         typed={"name": "holly.12345.service", "reference": None},
         faults={"name": "record.duplicate_in_file"}),
    BLANK,
    line("juniper", "Faye", "White", notes="@home"),
    line("kestrel", "Gus", "Black",
         typed={"platform": None}, faults={"platform": "cell.required"}),
    line("larch", "Hope", "Gray",
         typed={"platform": None}, faults={"platform": "cell.required"}),
    # Blank platform and another fault beside it.
    line("lime", "Ivan", "Stone",
         typed={"platform": None, "reference": "Lime Street Dental"},
         faults={"platform": "cell.required", "reference": "cell.must_equal"}),
    line("linden", "Jane", "Frost", typed={"reference": None}),
    # Two names are equally near (alder and elder): no suggestion.
    line("elder", "Kurt", "Lang",
         typed={"name": "ilder.12345.service", "reference": None},
         faults={"name": "domain.unknown"}),
    line("maple", "Lena", "Hill", package="Free"),
    line("marsh", "Max", "Day", notes="-1+1"),
    line("meadow", "Nina", "Cole",
         typed={"email": "nina@meadow..example"}, faults={"email": "email.invalid"}),
    line("myrtle", "Omar", "Reid"),
    line("oak", "Pia", "Moss"),
    line("olive", "Rene", "Vale",
         typed={"first": None}, faults={"first": "cell.required"}),
    line("orchid", "Sara", "West"),
]

# Every fault here has one suggestion, so that "Use suggestions?" alone mends the workbook.
SUGGESTIONS_ONLY = [
    line("alder", "Ann", "Lee"),
    line("ash", "Bob", "Nowak",
         typed={"platform": None}, faults={"platform": "cell.required"}),
    line("bay", "Chloe", "García",
         typed={"platform": "LUMINATE WHOLESALE"}, faults={"platform": "cell.not_in_list"}),
    line("cobalt", "Dan", "O'Neil",
         typed={"name": "cobolt.12345.service", "reference": "cobolt.12345.service"},
         faults={"name": "domain.unknown"}),
    line("acme", "Mia", "Zhou",
         typed={"name": "Acme Ltd", "reference": "Acme Ltd"}, faults={"name": "domain.invalid"}),
    BLANK,
    line("birch", "Noah", "Smith",
         typed={"name": "BIRCH.12345.service", "reference": None},
         faults={"name": "domain.case_differs"}),
    line("cove", "Olga", "Petrova",
         typed={"reference": "COVE-0042"}, faults={"reference": "cell.must_equal"}),
    line("falcon", "Tess", "MacLeod",
         typed={"email": "Tess MacLeod <tess@falcon.example>"},
         faults={"email": "email.invalid"}),
    line("fern", "Uma", "Patel",
         typed={"email": "mailto:uma@fern.example"}, faults={"email": "email.invalid"}),
    line("glen", "Victor", "Hugo",
         typed={"reference": "Glen Distillery", "platform": "Luminate wholesale"},
         faults={"reference": "cell.must_equal", "platform": "cell.not_in_list"}),
    line("oak", "Pia", "Moss"),
]


def right(lines):
    """The same lines as they would have been from the start."""
    return [each and Line(each.right, each.right) for each in lines]


def numbered(lines, first):
    """The filled lines with the row number each has when the data starts in row `first`."""
    return [(first + index, each) for index, each in enumerate(lines) if each]
