from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.ballot_words import percent, read_part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1/2", F(1, 2)),
        (" 2 / 3 ", F(2, 3)),
        ("50 %", F(1, 2)),
        ("50%", F(1, 2)),
        ("33,33 %", F(3333, 10000)),
        ("0.5", F(1, 2)),
        ("0,25", F(1, 4)),
        ("⅔", F(2, 3)),
        ("0", F(0)),
        ("1", F(1)),
        ("", None),
        (None, None),
        ("  ", None),
    ],
)
def test_a_part_is_read_as_statutes_write_it(text, part):
    assert read_part(text) == part


@pytest.mark.parametrize(
    "text", ["half", "3/2", "150 %", "-1/2", "1/0", "1//2", "%", "1e-1", "2", "1/2/3"]
)
def test_what_is_no_part_is_refused(text):
    with pytest.raises(ValueError, match="part"):
        read_part(text)


def test_a_share_never_looks_like_the_limit_that_it_is_not():
    assert percent(F(1, 2), F(1, 2)) == (50, 0)
    assert percent(F(500001, 1000000), F(1, 2)) == (F(500001, 10000), 4)
    assert percent(F(499999, 1000000), F(1, 2)) == (F(499999, 10000), 4)
    assert percent(F(2, 3), F(2, 3)) == (F(6667, 100), 2)
    assert percent(F(48625, 100000)) == (F(4863, 100), 2)


@given(st.fractions(0, 1, max_denominator=10000))
def test_the_printed_number_is_within_half_of_its_last_decimal(share):
    number, decimals = percent(share, F(1, 2))
    assert abs(number - share * 100) <= F(1, 2 * 10**decimals)
    assert number.denominator in {2**a * 5**b for a in range(7) for b in range(7)}
