"""What a ballot is before it is sealed, and how it is sealed."""

import hashlib
from itertools import combinations, count

import pytest

from consult.budgeting.commission_key import NotAPart, NotTwoParts, Part, join_parts, make_parts, seal, unseal
from consult.budgeting.election_key import (
    ElectionKey,
    NoElectionKey,
    create_election_key,
    destroy_election_key,
    read_election_key,
)
from consult.budgeting.openings import NotAWord, Opening, draw, read_opening, read_word, size_of_longest
from consult.budgeting.promises import promise, read_promise
from consult.record.faults import Fault

ELECTION = "consult:izvoru/buget/2027"
OPENING = Opening(ELECTION, {"7": 1, "12": 1}, "nuc7", "0" * 64)


def nonces():
    return (n.to_bytes(32, "big") for n in count())


def test_the_commitment_is_the_hash_of_canonical_json_that_anyone_can_write():
    written = (
        '{"choices":{"12":1,"7":1},"election":"consult:izvoru/buget/2027","nonce":"' + "0" * 64 + '","word":"nuc7"}'
    )

    assert OPENING.form == written.encode()
    assert OPENING.commitment == hashlib.sha256(written.encode()).hexdigest()
    assert read_opening(OPENING.form) == OPENING


def test_the_same_choices_have_another_commitment_under_another_word_or_nonce():
    one, other = (draw(ELECTION, {"7": 1}, word, nonces()) for word in ("nuc7", "tei1"))

    assert one.commitment != other.commitment
    assert one.code != other.code


def test_all_ballots_of_an_election_are_sealed_to_the_same_length():
    public, _ = make_parts()
    numbers = [str(number) for number in range(1, 31)]
    size = size_of_longest(ELECTION, numbers)
    few, all_of_them = (draw(ELECTION, dict.fromkeys(chosen, 1), "nuc7", nonces()) for chosen in (["1"], numbers))

    sealed = [seal(public, ELECTION, ballot.padded(size)) for ballot in (few, all_of_them)]

    assert len(sealed[0]) == len(sealed[1])


def test_any_two_of_the_three_parts_open_a_ballot_and_one_alone_does_not():
    public, parts = make_parts()
    sealed = seal(public, ELECTION, OPENING.padded(400))

    for one, other in combinations(parts, 2):
        private = join_parts(public, Part.parse(other.line), Part.parse(one.line))
        assert read_opening(unseal(private, ELECTION, sealed)) == OPENING
    for part in parts:
        with pytest.raises(NotTwoParts):
            join_parts(public, part, part)


def test_parts_of_another_key_open_nothing():
    (public, mine), (_, others) = make_parts(), make_parts()

    with pytest.raises(NotTwoParts):
        join_parts(public, mine[0], others[1])


def test_a_ballot_sealed_for_one_election_does_not_open_as_anothers():
    public, parts = make_parts()
    private = join_parts(public, *parts[:2])

    with pytest.raises(Fault):
        unseal(private, "consult:izvoru/buget/2028", seal(public, ELECTION, b"ballot"))
    with pytest.raises(Fault):
        unseal(private, ELECTION, seal(public, ELECTION, b"ballot")[:-1] + b"\0")


@pytest.mark.parametrize("line", ["", "consult-ballot-key-4-00-00", "consult-ballot-key-1-zz-00", "abc"])
def test_what_is_no_part_of_a_key_is_refused(line):
    with pytest.raises(NotAPart):
        Part.parse(line)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        OPENING.form.replace(b'"nuc7"', b'"NUC7"'),
        OPENING.form.replace(b":1,", b":true,"),
        OPENING.form.replace(b'"word"', b'"wort"'),
        b" " + OPENING.form,
    ],
)
def test_what_is_no_opening_is_a_fault(data):
    with pytest.raises(Fault):
        read_opening(data)


@pytest.mark.parametrize("typed", ["", "abc", "ab cd", "măr1", "abcdefg"])
def test_a_word_is_short_and_plain(typed):
    with pytest.raises(NotAWord):
        read_word(typed)


def test_a_pseudonym_is_one_voters_own_in_one_election():
    key, other = ElectionKey(ELECTION, b"k" * 32), ElectionKey("consult:izvoru/buget/2028", b"k" * 32)

    assert key.pseudonym("person:1") == key.pseudonym("person:1")
    assert len({key.pseudonym("person:1"), key.pseudonym("person:2"), other.pseudonym("person:1")}) == 3


def test_each_voter_has_an_order_of_their_own_that_stays():
    key = ElectionKey(ELECTION, b"k" * 32)
    orders = [tuple(key.shuffled(f"person:{number}", range(20))) for number in range(20)]

    assert orders[0] == tuple(key.shuffled("person:0", range(20)))
    assert len(set(orders)) == 20
    assert len({order[0] for order in orders}) > 5


def test_a_destroyed_key_is_gone_and_one_that_is_there_is_never_replaced(tmp_path):
    made = create_election_key(tmp_path, 1, ELECTION)
    path = tmp_path / "election-1.key"

    assert path.stat().st_mode & 0o777 == 0o600
    assert read_election_key(tmp_path, 1, ELECTION).pseudonym("x") == made.pseudonym("x")
    with pytest.raises(FileExistsError):
        create_election_key(tmp_path, 1, ELECTION)

    destroy_election_key(tmp_path, 1)
    destroy_election_key(tmp_path, 1)

    with pytest.raises(NoElectionKey):
        read_election_key(tmp_path, 1, ELECTION)


def test_a_promise_convicts_by_the_commitment_and_tells_no_choice():
    key = ElectionKey(ELECTION, b"k" * 32).promising
    ballot = draw(ELECTION, {"7": 1}, "nuc7", nonces())

    note = promise(ballot, key)

    assert read_promise(note, key.verifying) == ballot.commitment
    assert b"nuc7" not in note
    with pytest.raises(Fault):
        read_promise(note.replace(ballot.commitment.encode(), b"0" * 64), key.verifying)
