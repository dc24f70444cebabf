"""Votes with known answers."""

import doctest
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tools import ballot, ballot_quorum, ballot_seats
from tools.ballot import (
    ADOPTED,
    BELOW,
    CASTING_AGAINST,
    CASTING_FOR,
    METHODS,
    NO_QUORUM,
    NO_VOTE,
    TIE,
    CollegeResult,
    count_ballots,
    presence_share,
    quorum_reached,
    tally,
)

CASES = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "fixtures" / "vote_cases.json").read_text("utf-8")
    )["cases"]
}
COLLEGES = [case for case in CASES.values() if case["family"] == "college_vote"]
WEIGHTED = [case for case in CASES.values() if case["family"] == "weighted_vote"]
WITH_RECORDS = {"mandate-two-colleges"}  # a rule about mandates, not about counting
HALF = Fraction(1, 2)
ALL = "all"


def count(votes, weights=(), method="heads", **options):
    """A vote by the simplest rules, unless others are given."""
    rules = {"threshold": HALF, "base": "expressed", "empty_college": "drop"}
    return tally(votes, dict(weights), method=method, **{**rules, **options})


def one_college(*sides, **options):
    return count({ALL: sides}, **options)


def percent(share, digits=2):
    return round(float(100 * share), digits)


def test_no_known_case_is_forgotten():
    here = {case["id"] for case in COLLEGES + WEIGHTED} | WITH_RECORDS
    here |= {"vote-openslides-delegation", "vote-copro-bases"}
    assert set(CASES) == here | {"quorum-present-represented"}


@pytest.mark.parametrize("module", [ballot, ballot_quorum, ballot_seats])
def test_what_the_documentation_shows_is_true(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("case", WEIGHTED, ids=lambda case: case["id"])
def test_votes_that_weigh(case):
    found = one_college(case["weighted_for"], case["weighted_against"], 0)
    shares = [percent(found.share_for), percent(found.share_against)]
    assert shares == case["computed_pct"]
    for share, published, same in zip(
        shares, case["published_pct"], case["rounding_matches"], strict=True
    ):
        assert (share == published) is same
    assert found.adopted is (case["expected"] == "adopted")


def test_whoever_holds_a_proxy_may_vote_otherwise_than_for_himself():
    case = CASES["vote-openslides-delegation"]
    answer = case["expected"]
    ballots = [
        (ALL, voter["choice"], Decimal(voter["weight"]))
        for voter in case["voters"]
        if voter["choice"]
    ]
    assert len(ballots) == answer["ballots_cast"]
    assert len(case["voters"]) == answer["entitled"]
    votes = count_ballots(ballots)
    weight_for, weight_against, _abstentions = votes[ALL]
    assert weight_for == Fraction(answer["weight_for"])
    assert weight_against == Fraction(answer["weight_against"])
    assert weight_for + weight_against == Fraction(answer["weight_valid"])
    found = count(votes)
    assert (found.adopted, found.share_for) == (False, Fraction(26, 72))


@pytest.mark.parametrize(
    ("base", "key"),
    [
        ("expressed", "expressed (for+against)"),
        ("present_represented", "present_or_represented"),
        ("entitled", "entitled"),
    ],
)
def test_the_same_votes_on_three_bases(base, key):
    case = CASES["vote-copro-bases"]
    answer = case["outcomes"][key]
    found = one_college(
        *case["votes"].values(), base=base, entitled={ALL: case["weights_total"]}
    )
    assert percent(found.share_for) == answer["pct"]
    assert found.adopted is answer["simple_majority"]
    there = {ALL: case["present_or_represented"]}
    again = one_college(
        *case["votes"].values(),
        base=base,
        entitled={ALL: case["weights_total"]},
        present=there,
    )
    assert again.share_for == found.share_for


def outcome_named(case, name):
    """The outcome by its name: method, then what becomes of empty colleges."""
    rules = {"threshold": Fraction(case["threshold"]), "strict": case["strict"]}
    method = "heads"
    if name != "one_person_one_vote":
        method = "college_block" if "majority" in name else "college_proportional"
        rules["empty_college"] = name.split("_")[2]
    votes = case["votes_for_against_abstain"]
    return count(votes, case["colleges"], method=method, **rules)


@pytest.mark.parametrize("case", COLLEGES, ids=lambda case: case["id"])
def test_votes_by_college(case):
    assert len(case["outcomes"]) == 5
    for name, answer in case["outcomes"].items():
        found = outcome_named(case, name)
        assert found.share_for == Fraction(answer["share_for"]), name
        assert found.adopted is answer["adopted"], name
        assert percent(found.share_for) == answer.get("pct", percent(found.share_for))
    votes = case["votes_for_against_abstain"].values()
    sides = [sum(side) for side in zip(*votes, strict=True)]
    heads = case["outcomes"]["one_person_one_vote"]
    assert sides == [heads["for"], heads["against"], heads["abstain"]]


def test_the_quorum_with_and_without_proxies():
    case = CASES["quorum-present-represented"]
    there = case["present"], case["represented_by_valid_proxy"], case["board_seats"]
    quorum = Fraction(case["quorum"])
    counting = case["counting"]
    for proxies, key in ((False, "present_only"), (True, "present_and_represented")):
        found = quorum_reached(*there, quorum=quorum, count_proxies=proxies)
        assert found == (counting[key]["reached"], 8)
        assert bool(found) is counting[key]["reached"]


# ------------------------------------------------------------
# Worked examples of five colleges
# ------------------------------------------------------------

WEIGHTS = {"PQ": 15, "PP": 25, "BE": 25, "SA": 15, "FI": 20}
E1 = {
    "PQ": (4, 2, 0),
    "PP": (30, 18, 4),
    "BE": (9, 6, 0),
    "SA": (1, 4, 0),
    "FI": (2, 6, 1),
}
E2 = {
    "PQ": (3, 3, 0),
    "PP": (26, 25, 0),
    "BE": (8, 7, 0),
    "SA": (0, 5, 0),
    "FI": (1, 7, 0),
}
E5_WEIGHTS = {"G": 30, "P": 30, "S": 15, "B": 15, "A": 5, "J": 5}
E5 = {
    "G": (3, 1, 0),
    "P": (2, 8, 0),
    "S": (4, 2, 0),
    "B": (12, 3, 0),
    "A": (40, 20, 0),
    "J": (1, 4, 0),
}


@pytest.mark.parametrize(
    ("votes", "weights", "method", "share", "adopted"),
    [
        (E1, WEIGHTS, "college_proportional", "48.625", False),
        (E1, WEIGHTS, "college_block", "65", True),
        (E1, WEIGHTS, "heads", Fraction(4600, 82), True),
        (E2, WEIGHTS, "college_proportional", "36.078", False),
        (E2, WEIGHTS, "college_block", "57.5", True),
        (E2, WEIGHTS, "heads", Fraction(3800, 85), False),
        (E5, E5_WEIGHTS, "college_proportional", "54.833", True),
        (E5, E5_WEIGHTS, "college_block", "65", True),
        (E5, E5_WEIGHTS, "heads", "62", True),
    ],
)
def test_three_methods_three_answers(votes, weights, method, share, adopted):
    found = count(votes, weights, method)
    assert percent(found.share_for, 3) == round(float(Fraction(share)), 3)
    assert found.adopted is adopted
    assert found.share_for + found.share_against == 1


def test_the_exact_shares_of_the_first_example():
    found = count(E1, WEIGHTS, "college_proportional")
    assert found.share_for == Fraction(48625, 100_000)
    assert found.per_college["PP"] == CollegeResult(
        share_for=Fraction(30, 48),
        share_against=Fraction(18, 48),
        weight=Fraction(1, 4),
        votes_for=30,
        votes_against=18,
        abstentions=4,
        empty=False,
    )


def test_abstentions_count_among_those_present():
    found = count(E1, WEIGHTS, "college_proportional", base="present_represented")
    assert percent(found.share_for, 3) == 46.868
    assert percent(found.share_against, 3) == 48.987
    assert percent(1 - found.share_for - found.share_against, 3) == 4.145
    assert not found.adopted


def test_a_tied_college_gives_half_to_each_side():
    found = count(E2, WEIGHTS, "college_block").per_college["PQ"]
    assert (found.share_for, found.share_against) == (HALF, HALF)


@pytest.mark.parametrize(
    ("empty_college", "share", "adopted", "weights"),
    [
        ("drop", "54.531", True, [18.75, 31.25, 31.25, 18.75, 0]),
        ("keep", "43.625", False, [15, 25, 25, 15, 20]),
    ],
)
def test_a_college_that_is_absent(empty_college, share, adopted, weights):
    votes = {name: sides for name, sides in E1.items() if name != "FI"}
    found = count(votes, WEIGHTS, "college_proportional", empty_college=empty_college)
    assert percent(found.share_for, 3) == float(share)
    assert found.adopted is adopted
    assert [percent(one.weight) for one in found.per_college.values()] == weights
    assert found.per_college["FI"].empty


REGISTERED = {"PQ": 8, "PP": 60, "BE": 15, "SA": 5, "FI": 12}
PRESENT = {"PQ": 6, "PP": 20, "BE": 9, "SA": 5, "FI": 3}
PROXIES = {"PQ": 0, "PP": 6, "BE": 2, "SA": 0, "FI": 1}
THERE = {name: PRESENT[name] + PROXIES[name] for name in PRESENT}


def test_the_quorum_of_all_and_of_each_college():
    asked = PRESENT, PROXIES, REGISTERED
    assert quorum_reached(*asked, quorum=HALF) == (True, 50)
    assert quorum_reached(*asked, quorum=HALF, count_proxies=False) == (False, 50)
    reached = {
        name: quorum_reached(PRESENT[name], PROXIES[name], number, quorum=HALF).reached
        for name, number in REGISTERED.items()
    }
    assert [name for name, good in reached.items() if not good] == ["PP", "FI"]
    assert presence_share(*asked) == Fraction(52, 100)
    assert presence_share(PRESENT, {}, REGISTERED) == Fraction(43, 100)
    assert percent(presence_share(*asked, weights=WEIGHTS), 3) == 62.083


# ------------------------------------------------------------
# Quorum of a vote
# ------------------------------------------------------------


def vote_of_e4(**options):
    votes = {name: (number, 0, 0) for name, number in THERE.items()}
    return count(votes, WEIGHTS, "college_block", entitled=REGISTERED, **options)


def test_without_quorum_nothing_is_adopted():
    found = vote_of_e4(quorum=Fraction(53, 100))
    assert (found.adopted, found.share_for) == (False, 1)
    assert found.quorum == (False, 53)
    assert not found.quorum
    assert found.reason.code == NO_QUORUM
    assert sum(found.reason.values["present"].values()) == 52
    assert found.reason.values["missing"] == []
    assert vote_of_e4(quorum=Fraction(52, 100)).adopted


def test_a_quorum_of_each_college_names_those_that_miss_it():
    found = vote_of_e4(quorum=dict.fromkeys(REGISTERED, HALF))
    assert not found.adopted
    assert found.reason.values["missing"] == ["PP", "FI"]
    assert found.quorum.needed == {"PQ": 4, "PP": 30, "BE": 8, "SA": 3, "FI": 6}
    found = vote_of_e4(quorum={None: HALF, "PQ": HALF})
    assert found.adopted
    assert found.quorum == (True, {None: 50, "PQ": 4})


def test_those_present_who_do_not_vote_count_for_the_quorum():
    options = {"quorum": HALF, "entitled": {ALL: 10}}
    assert not one_college(3, 0, 1, **options).adopted
    assert one_college(3, 0, 1, present={ALL: 5}, **options).adopted
    assert one_college(3, 0, 2, **options).adopted


def test_no_quorum_asked():
    assert one_college(1, 0, 0).quorum is None


# ------------------------------------------------------------
# Thresholds, ties, empty votes
# ------------------------------------------------------------


@pytest.mark.parametrize(
    ("sides", "threshold", "strict", "adopted"),
    [
        ((5, 5), "1/2", None, False),
        ((5, 5), "1/2", False, True),
        ((6, 5), "1/2", None, True),
        ((1, 2), "1/3", None, False),
        ((2, 1), "2/3", None, True),
        ((2, 1), "2/3", True, False),
        ((3, 1), "3/4", None, True),
        ((7, 4), "2/3", None, False),
        ((9, 0), "1", None, True),
        ((9, 1), "1", None, False),
        ((1, 9), "0", None, True),
        ((0, 9), "0", None, False),
    ],
)
def test_thresholds(sides, threshold, strict, adopted):
    found = one_college(*sides, 0, threshold=Fraction(threshold), strict=strict)
    assert found.adopted is adopted
    assert found.reason.code == (ADOPTED if adopted else found.reason.code)


@pytest.mark.parametrize(
    ("casting", "adopted", "code"),
    [
        (None, False, TIE),
        ("for", True, CASTING_FOR),
        (True, True, CASTING_FOR),
        ("against", False, CASTING_AGAINST),
        (False, False, CASTING_AGAINST),
    ],
)
@pytest.mark.parametrize("method", METHODS)
def test_the_chair_decides_where_exactly_half_is_for(method, casting, adopted, code):
    case = CASES["college-exact-half"]
    votes, weights = case["votes_for_against_abstain"], case["colleges"]
    found = count(votes, weights, method, casting=casting)
    assert (found.adopted, found.reason.code) == (adopted, code)


def test_the_chair_decides_nothing_else():
    for sides in ((4, 5), (5, 4)):
        plain = one_college(*sides, 0)
        for casting in ("for", "against"):
            assert one_college(*sides, 0, casting=casting) == plain
    # half of those present is not reached by four of ten
    among = {"base": "present_represented", "casting": "for"}
    assert one_college(4, 4, 2, **among).reason.code == BELOW
    assert one_college(5, 5, 0, **among).adopted
    assert one_college(5, 4, 1, **among).adopted
    # two thirds are reached, or are not
    found = one_college(2, 1, 0, threshold=Fraction(2, 3), strict=True, casting="for")
    assert found.reason.code == BELOW
    # nor is there a tie where a part of the weight said nothing
    votes, weights = {"a": (1, 0, 0), "b": (0, 1, 0)}, {"a": 1, "b": 1, "c": 1}
    options = {"empty_college": "keep", "casting": "for"}
    found = count(votes, weights, "college_block", **options)
    assert (found.share_for, found.adopted) == (Fraction(1, 3), False)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("empty_college", ["drop", "keep"])
@pytest.mark.parametrize("votes", [{}, {"a": (0, 0, 0)}, {"a": (0, 0, 5)}])
def test_nobody_for_or_against_adopts_nothing(method, empty_college, votes):
    for base in ("expressed", "present_represented", "entitled"):
        found = count(
            votes,
            {"a": 1, "b": 1},
            method,
            empty_college=empty_college,
            base=base,
            entitled={"a": 6, "b": 2},
            threshold=Fraction(0),
            strict=False,
        )
        assert (found.adopted, found.share_for, found.share_against) == (False, 0, 0)
        assert found.reason.code == NO_VOTE


def test_the_reason_has_the_numbers_of_a_sentence():
    found = one_college(2, 1, 4, threshold=Fraction(3, 4))
    assert found.reason.code == BELOW
    assert found.reason.values == {
        "share_for": Fraction(2, 3),
        "share_against": Fraction(1, 3),
        "threshold": Fraction(3, 4),
        "strict": False,
    }


def test_the_base_of_all_who_are_entitled():
    votes, entitled = {"a": (3, 1, 0), "b": (2, 0, 0)}, {"a": 5, "b": 4, "c": 1}
    found = count(votes, base="entitled", entitled=entitled)
    assert (found.share_for, found.share_against) == (HALF, Fraction(1, 10))
    by_college = count(
        votes,
        {"a": 1, "b": 1},
        "college_proportional",
        base="entitled",
        entitled=entitled,
    )
    assert by_college.share_for == (Fraction(3, 5) + HALF) / 2


def test_those_present_who_do_not_vote_are_part_of_the_base():
    found = one_college(3, 2, 0, base="present_represented", present={ALL: 8})
    assert (found.share_for, found.adopted) == (Fraction(3, 8), False)


def test_a_block_asks_nobody_how_many_there_are():
    for base in ("expressed", "present_represented", "entitled"):
        found = count(E1, WEIGHTS, "college_block", base=base)
        assert found.share_for == Fraction(13, 20)


def test_decimals_and_fractions_are_exact():
    votes = {"a": (Decimal("0.1"), Decimal("0.2"), 0), "b": (Fraction(1, 3), 0, 0)}
    found = count(votes)
    assert found.share_for == Fraction(13, 19)


def test_ballots_are_counted_by_college():
    ballots = [("a", "for", 1), ("b", "against", 2), ("a", "abstain", 1)]
    assert count_ballots([*ballots, ballots[0]]) == {"a": (2, 0, 1), "b": (0, 2, 0)}
    with pytest.raises(ValueError, match="a choice is one of"):
        count_ballots([("a", "yes", 1)])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"method": "acclamation"}, "method is one of heads"),
        ({"base": "all"}, "base is one of expressed"),
        ({"empty_college": "share"}, "empty_college is one of drop"),
        ({"casting": "maybe"}, "casting is one of"),
        ({"threshold": Fraction(3, 2)}, "threshold is a part of the whole"),
        ({"threshold": 0.5}, "threshold is exact"),
        ({"votes": {"a": (1, -1, 0)}}, "a: votes is not negative"),
        ({"votes": {"a": (0.5, 1, 0)}}, "a: votes is exact"),
        ({"votes": {"a": (1, 1)}}, "a: votes are for, against, abstain"),
        ({"votes": {"x": (1, 1, 0)}}, "x: the college has votes and no weight"),
        ({"weights": {"a": -1}}, "a: weight is not negative"),
        ({"base": "entitled"}, "needs the number of those entitled"),
        ({"base": "entitled", "entitled": {"a": 2}}, "a: 3 votes, but 2 entitled"),
        ({"base": "entitled", "entitled": {}}, "a: 3 votes, but 0 entitled"),
        (
            {"base": "present_represented", "present": {"a": 2}},
            "a: 3 votes, but 2 present",
        ),
        ({"quorum": HALF}, "a quorum needs the number of those entitled"),
        ({"quorum": HALF, "entitled": {"a": 2}}, "3 are counted, 2 are entitled"),
        ({"quorum": 2, "entitled": {"a": 9}}, "quorum is a part of the whole"),
    ],
)
def test_a_vote_that_makes_no_sense_is_refused(wrong, told):
    asked = {"votes": {"a": (2, 1, 0)}, "weights": {"a": 1}}
    with pytest.raises(ValueError, match=told):
        count(**{**asked, "method": "college_proportional", **wrong})
