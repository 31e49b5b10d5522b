"""People read the words of people: no name that the code has for a thing stands in a text."""

import re

import pytest

from portal_cases import LANGUAGES, TEMPLATES
from texts import PORTALS, explained, messages, said, texts_in, texts_of

# Names of things in the code, which have other words where people read of them.
INSIDE = {
    "en": [
        "portals?", "definitions?", "templates?", "fields?", "director(?:y|ies)", "findings?",
        "records?", "operations?", "ledgers?", "imports?", "imported", "attempts?", "operators?",
        "tenants?", "entit(?:y|ies)"],
    "de": [
        "Portal[se]?", "Portalen", "Definition(?:en)?", "Vorlagen?", "Feld(?:s|es|er|ern)?",
        r"Verzeichnis\w*", "Befunde?n?", r"Datens[aä]tz\w*", "Operation(?:en)?", r"Vorg[aä]ng\w*",
        "Importe?n?", "importiert", "Versuche?n?", "Betreibers?", r"Mandant\w*"],
}
# What is no name of ours, and why.
ALLOWED = {
    r"Bulk Upload Template": "what the blank workbook is called",
    r"Studio[ -][Pp]ortal": "what Luminate calls Studio",
    r"Portal form|Portalformular": "a sheet: the form in the Studio portal",
    r"PBX[- ](?:[Tt]emplates?|Vorlagen?)": "what Dimensions makes a connection from",
    r"Excel[- ](?:template|Vorlage)": "what Excel calls a file of the type .xltx",
    r"`rowgate template adopt`": "a command, as it is typed",
    r"\{\w+\}": "a place for a value in a sentence",
    r"\b[a-z]+\.[a-z_]+\b": "a code",
    r"^(?:portal|template)$": "in the hidden sheet that tells where a workbook comes from",
    r"^Rowgate field$|^Rowgate-Feld$": "the title of a hidden column",
}


def inside_words(texts, language):
    """The words of the inside among texts by place; English ones are looked for in all of them."""
    names = re.compile(rf"\b(?:{'|'.join(INSIDE['en'] + INSIDE[language])})\b", re.IGNORECASE)
    return [
        f"{place}: {found[0]} in {text}" for place, text in texts.items()
        for found in names.finditer(re.sub("|".join(ALLOWED), "·", text))]


@pytest.mark.parametrize("text", [
    "This field is blank.", "2 Records", "Use the template.", "an operation", "import it"])
def test_a_word_of_the_inside_is_noticed(text):
    assert len(inside_words({"here": text}, "en")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_has_one(language):
    assert inside_words(messages(language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_explanation_has_one(language):
    assert inside_words(explained(language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("portal", PORTALS)
def test_no_text_of_a_definition_has_one(portal, language):
    assert inside_words(texts_of(portal, language), language) == []


@pytest.mark.parametrize("portal", PORTALS)
def test_no_blank_workbook_has_one(portal):
    assert inside_words(texts_in(TEMPLATES / portal / f"{portal}.xlsx"), "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("portal", PORTALS)
def test_nothing_that_is_said_of_an_upload_has_one(portal, language, tmp_path):
    assert inside_words(said(portal, language, tmp_path), language) == []


def test_nothing_is_allowed_that_nobody_says():
    texts = [text for language in LANGUAGES for text in messages(language).values()]
    for portal in PORTALS:
        texts += texts_of(portal, "en").values()
        texts += texts_in(TEMPLATES / portal / f"{portal}.xlsx").values()
    texts += ["Rowgate field"]  # It stands only in what comes back.
    for phrase in ALLOWED:
        assert any(re.search(phrase, text) for text in texts), phrase
