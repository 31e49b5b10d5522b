"""What is said in one language is said in all of them."""

import re

import pytest

from portal_cases import LANGUAGES, definition
from texts import MESSAGES, PORTALS, messages, words_of

# Names that are the same in every language: of a portal, and of what somebody chooses.
NAMES = re.compile(r"\w+\.title|.*\.choices\[\d+\]\.title|.*\.examples\[\d+\]\.\w+")


def places(text):
    """The values a text has a place for."""
    return sorted(set(re.findall(r"\{(\w+)\}", text)))


def missing(words):
    """The languages in which a text is not there."""
    return [each for each in LANGUAGES if not str(words.get(each) or "").strip()]


def test_these_are_the_languages():
    assert sorted(path.stem for path in MESSAGES.glob("*.yaml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_there_with_the_same_values(language):
    english, other = messages("en"), messages(language)
    assert {name: places(text) for name, text in other.items()} == {
        name: places(text) for name, text in english.items()}


@pytest.mark.parametrize("portal", PORTALS)
def test_every_text_of_a_definition_is_there_with_the_same_values(portal):
    found = words_of(portal)
    assert found
    for path, words in found:
        if isinstance(words, dict):
            assert missing(words) == [], path
            assert len({tuple(places(text)) for text in words.values()}) == 1, path
        else:
            assert NAMES.fullmatch(path), f"{path} is there in English only: {words}"


@pytest.mark.parametrize("portal", PORTALS)
def test_every_sheet_says_what_a_row_is(portal):
    for sheet in definition(portal)["sheets"]:
        assert missing(sheet.get("noun", {})) == [], sheet["id"]
        assert missing(sheet.get("nouns", {})) == [], sheet["id"]


@pytest.mark.parametrize("portal", PORTALS)
def test_every_choice_has_a_title(portal):
    for sheet in definition(portal)["sheets"]:
        for field in sheet["fields"]:
            choices = field.get("choices", [])
            for choice in choices if isinstance(choices, list) else []:
                assert isinstance(choice, dict) and choice.get("title"), (field["id"], choice)
