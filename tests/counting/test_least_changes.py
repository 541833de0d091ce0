"""A good guess spares questions, and a bad one changes no answer."""

from hypothesis import given
from hypothesis import strategies as some

from consult.counting.least_changes import last_true


@given(some.integers(0, 300), some.integers(0, 300), some.integers(-50, 400), some.integers(-1, 301))
def test_the_last_number_is_found_from_wherever_it_is_looked_for(low, size, near, last):
    high = low + size

    found = last_true(lambda number: number <= last, low, high, near=near)

    assert found == max(low, min(last, high))


@given(some.integers(2, 1_000_000))
def test_a_right_guess_is_confirmed_by_two_questions(last):
    asked = []

    found = last_true(lambda number: not asked.append(number) and number <= last, 1, 10_000_000, near=last)

    assert (found, asked) == (last, [last, last + 1])
