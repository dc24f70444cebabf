import pytest

from tools.person_words import GENDER_WORDS, INSTITUTION_WORDS, ROLE_WORDS, read_words
from tools.skill_cells import normalise, parse_cell


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Accounting:3; Listening:2", [("Accounting", 3), ("Listening", 2)]),
        ("compta, écoute", [("compta", None), ("écoute", None)]),
        ("Écoute (expert) et droit 2", [("Écoute", 3), ("droit", 2)]),
        ("droit : 3 / droit social : 2", [("droit", 3), ("droit social", 2)]),
        (" compta :3 ;  ; ", [("compta", 3)]),
        ("étude de marché\ncommerce", [("étude de marché", None), ("commerce", None)]),
        ("Law = learning", [("Law", 1)]),
        ("Law:9", [("Law", 9)]),
        ("Compta; compta:3", [("compta", 3)]),
        ("Droit (des sociétés)", [("Droit (des sociétés)", None)]),
        ("", []),
        (None, []),
    ],
)
def test_a_cell_is_read_as_people_write_it(cell, expected):
    assert parse_cell(cell) == expected


def test_a_known_name_is_not_cut():
    known = {"droit et societe"}
    assert parse_cell("Droit et société:2", known) == [("Droit et société", 2)]


def test_accents_case_and_blanks_do_not_matter():
    assert normalise("  ÉCOUTE\xa0 active ") == normalise("ecoute active")


@pytest.mark.parametrize(
    ("cell", "words", "expected"),
    [
        ("Bénévole; Personne qualifiée", ROLE_WORDS, ["volunteer", "qualified"]),
        ("Institution ou partenaire", ROLE_WORDS, ["institution"]),
        ("BÉNÉVOLE, bénévole", ROLE_WORDS, ["volunteer"]),
        ("État", INSTITUTION_WORDS, ["state"]),
        ("Mme", GENDER_WORDS, ["female"]),
        ("", GENDER_WORDS, []),
    ],
)
def test_words_are_read_in_both_languages(cell, words, expected):
    assert read_words(cell, words) == (expected, [])


def test_unknown_words_are_told():
    assert read_words("Bénévole et plombier", ROLE_WORDS) == (
        ["volunteer"],
        ["plombier"],
    )
