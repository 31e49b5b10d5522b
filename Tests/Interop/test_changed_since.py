"""An upload is taken back as far as nothing else has changed since what it changed."""

import pytest

from driver import TODAY, operations
from test_renames import ANN, Desk, close  # noqa: F401: a fixture

NAMES = ("Email Address", "First Name", "Last Name")


@pytest.fixture
def twice(close):
    """Both names of somebody are changed by one upload, the last one by another since."""
    def both(sheet):
        Desk.replaced("Ann", "Anna")(sheet)
        Desk.replaced("Lee", "Lang")(sheet)

    close.upload(close.edited({"Contacts": both}))
    close.upload(close.edited({"Contacts": Desk.replaced("Lang", "Lund")}))
    return close


def ann(desk):
    return [names[1:] for names in desk.known("Contacts", *NAMES) if names[0] == ANN]


def test_what_is_done_gets_the_rest_back_by_a_step(twice):
    twice("done", "2.1")
    assert twice("undo", "2.1", *TODAY).splitlines() == [
        f"Contacts, {ANN}: gets back what it said before, by a step of its own.",
        f"Contacts, {ANN}: something else changed Last Name since; that stays."]
    assert "seitdem geändert und bleibt: Nachname." in twice(
        "undo", "2.1", "--lang", "de", *TODAY)
    twice("undo", "2.1", "--confirm", "-o", twice.folder / "undo", *TODAY)
    [step] = operations(twice.folder / "undo")
    assert (step["key"], step["data"]) == ([ANN], {"firstName": "Ann"})
    assert ann(twice) == [("Ann", "Lund")]


def test_what_nobody_has_seen_to_is_called_off_and_the_later_step_stays(twice):
    twice("undo", "2.1", "--confirm", *TODAY)
    assert ann(twice) == [("Ann", "Lund")]
    assert "\tready\t" in twice("history", "3.1")


def test_what_the_portal_refuses_is_what_it_said_before(twice):
    twice("done", "2.1", "1", "--refused", "--rejected", twice.folder / "refused.xlsx")
    assert ann(twice) == [("Ann", "Lund")]
    # Somebody was wrong: the portal takes it after all.
    twice("done", "2.1", "1")
    assert ann(twice) == [("Anna", "Lund")]
