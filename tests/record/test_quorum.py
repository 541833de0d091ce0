"""A policy file is that of C2SP tlog-policy: what it asks for is counted, and what is unclear in it names its line."""

import pytest

from consult.record.faults import Fault
from consult.record.notes import CosigningKey, Note
from consult.record.quorum import Group, TrustedWitness, WitnessPolicy, met
from consult.record.roll import Roll
from tests.record.logs import KEY, NOON, ORIGIN

TEXT = f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
KEYS = {name: CosigningKey(f"{name.lower()}.example", name.encode() * 16) for name in NAMES}
VKEY = KEYS["X1"].verifying.vkey
#: The example of the standard, with keys.
EXAMPLE = "\n".join(
    [
        f"log {KEY.verifying.vkey}",
        "",
        *(f"witness {name} {KEYS[name].verifying.vkey}" for name in NAMES[:3]),
        "group X-witnesses 2 X1 X2 X3",
        "  # the others",
        *(f"witness\t{name}  {KEYS[name].verifying.vkey} https://{name.lower()}.example/" for name in NAMES[3:]),
        "group Y-witnesses any Y1 Y2 Y3",
        "group X-and-Y all X-witnesses Y-witnesses",
        "quorum X-and-Y",
        "",
    ]
).encode()


@pytest.mark.parametrize(
    ("signed", "holds"),
    [
        ("", False),
        ("X1 X2", False),
        ("X1 Y1", False),
        ("X1 X2 Y3", True),
        ("X1 X3 Y1 Y2", True),
        ("X1 X2 X3 Y1 Y2 Y3", True),
        ("Y1 Y2 Y3", False),
    ],
)
def test_the_quorum_of_nested_groups_holds_when_enough_have_signed(signed: str, holds: bool) -> None:  # noqa: FBT001
    note = KEY.sign(TEXT) + b"".join(KEYS[name].cosign(TEXT, NOON) for name in signed.split())

    found = met(Note.parse(note), WitnessPolicy.parse(EXAMPLE))

    assert set(found.cosigned) == set(signed.split())
    assert (found.has_quorum, found.holds) == (holds, holds)


def test_a_note_that_no_listed_log_signed_does_not_hold_however_many_witnesses_did() -> None:
    lines = b"".join(KEYS[name].cosign(TEXT, NOON) for name in NAMES)

    found = met(Note.parse(TEXT.encode() + b"\n" + lines), WitnessPolicy.parse(EXAMPLE))

    assert found.has_quorum
    assert not found.holds


def test_a_policy_that_asks_for_nobody_holds_with_the_logs_signature() -> None:
    policy = WitnessPolicy.parse(f"log {KEY.verifying.vkey}\nquorum none\n".encode())

    assert met(Note.parse(KEY.sign(TEXT)), policy).holds


def test_a_single_witness_may_be_the_quorum() -> None:
    policy = WitnessPolicy.parse(f"log {KEY.verifying.vkey}\nwitness W {VKEY}\nquorum W\n".encode())

    assert not met(Note.parse(KEY.sign(TEXT)), policy).holds
    assert met(Note.parse(KEY.sign(TEXT) + KEYS["X1"].cosign(TEXT, NOON)), policy).holds


def test_what_is_written_is_read_again() -> None:
    policy = WitnessPolicy.parse(EXAMPLE)

    assert WitnessPolicy.parse(policy.encode()) == policy
    assert policy.groups[1] == Group("Y-witnesses", 1, ("Y1", "Y2", "Y3"))
    assert policy.witnesses[3].url == "https://y1.example/"


def test_a_key_of_a_kind_that_is_not_known_never_signs_and_spoils_nothing() -> None:
    unknown = "witness.example+01020304+" + "Bg" + "A" * 42

    policy = WitnessPolicy.parse(f"witness W {unknown}\nwitness X {VKEY}\ngroup G any W X\nquorum G\n".encode())

    assert policy.witnesses[0] == TrustedWitness("W", unknown)
    assert met(Note.parse(KEY.sign(TEXT) + KEYS["X1"].cosign(TEXT, NOON)), policy).has_quorum


def test_names_are_octets_that_need_be_no_text() -> None:
    policy = WitnessPolicy.parse(f"witness Ș {VKEY}\nquorum Ș\n".encode())
    octets = WitnessPolicy.parse(b"witness \xff\xfe " + VKEY.encode() + b"\nquorum \xff\xfe\n")

    assert policy.quorum == "Ș"
    assert WitnessPolicy.parse(octets.encode()) == octets
    assert b"witness \xff\xfe " in octets.encode()


@pytest.mark.parametrize(
    ("policy", "where", "sentence"),
    [
        (b"", "", "last line"),
        (b"quorum none", "", "last line"),
        (b"quorum none\r\n", "", "CRLF"),
        (b"# nothing\n", "", "no line that says the quorum"),
        (b"quorum none\nquorum none\n", "policy:2", "twice"),
        (b"quorum\n", "policy:1", "one name"),
        (b"quorum A B\n", "policy:1", "one name"),
        (b"\n\nquorum W\n", "policy:3", "called"),
        (b"mirror x\n", "policy:1", "begins with"),
        (b"\xff\n", "policy:1", "begins with"),
        (b"log\n", "policy:1", "written with its key"),
        (b"log x y z\n", "policy:1", "written with its key"),
        (b"log x\n", "policy:1", "name"),
        (b"log \xff+00000000+AAAA\n", "policy:1", "name"),
        (b"log a+00000000+\xff\n", "policy:1", "base64"),
        (f"log {VKEY}\n".encode(), "policy:1", "kind"),
        (f"witness W {KEY.verifying.vkey}\n".encode(), "policy:1", "kind"),
        (f"witness none {VKEY}\n".encode(), "policy:1", "taken"),
        (f"witness W {VKEY} nowhere\n".encode(), "policy:1", "address"),
        (f"witness W {VKEY}\nwitness V {VKEY}\n".encode(), "policy:2", "twice"),
        (f"log {KEY.verifying.vkey}\nlog {KEY.verifying.vkey}\n".encode(), "policy:2", "twice"),
        (f"witness W {VKEY}\ngroup W any W\n".encode(), "policy:2", "taken"),
        (f"witness W {VKEY}\ngroup G any V\n".encode(), "policy:2", "called"),
        (f"witness W {VKEY}\ngroup G any none\n".encode(), "policy:2", "none"),
        (f"witness W {VKEY}\ngroup G any W W\n".encode(), "policy:2", "already"),
        (f"witness W {VKEY}\ngroup G any W\ngroup H any W\n".encode(), "policy:3", "already"),
        (f"witness W {VKEY}\ngroup G\n".encode(), "policy:2", "written as"),
        (f"witness W {VKEY}\ngroup G any\n".encode(), "policy:2", "written as"),
        (f"witness W {VKEY}\ngroup G 0 W\n".encode(), "policy:2", "has 1 members"),
        (f"witness W {VKEY}\ngroup G 2 W\n".encode(), "policy:2", "has 1 members"),
        (f"witness W {VKEY}\ngroup G 01 W\n".encode(), "policy:2", "has 1 members"),
        (f"witness W {VKEY}\ngroup G most W\n".encode(), "policy:2", "has 1 members"),
        (b"quorum G\n" * 20_000, "", "longer"),
        (b"#" * 200_000 + b"\n", "", "longer"),
    ],
)
def test_what_is_unclear_in_a_policy_is_refused_with_its_line(policy: bytes, where: str, sentence: str) -> None:
    with pytest.raises(Fault, match=sentence) as caught:
        WitnessPolicy.parse(policy)

    assert caught.value.where == where
    assert str(caught.value).encode()


def test_thirty_two_logs_witnesses_and_groups_are_read() -> None:
    keys = [CosigningKey("w.example", bytes([number]) * 32).verifying.vkey for number in range(32)]
    lines = [f"witness W{number} {vkey}" for number, vkey in enumerate(keys)]
    lines += [f"group G{number} any W{number}" for number in range(32)]

    policy = WitnessPolicy.parse("\n".join([*lines, "quorum G31", ""]).encode())

    assert len(policy.witnesses) == len(policy.groups) == 32


def test_the_published_policy_follows_from_the_entries() -> None:
    roll = Roll()
    for number, name in enumerate(NAMES[:3]):
        roll.follow(
            "witness.added", {"key": KEYS[name].verifying.vkey, "url": f"https://w{number}.example", "name": ""}
        )
    roll.follow("quorum.changed", {"quorum": 2})
    roll.follow("witness.removed", {"key": KEYS["X2"].verifying.vkey, "reason": ""})

    policy = WitnessPolicy.parse(roll.policy([KEY.verifying]).encode())

    assert [witness.vkey for witness in policy.witnesses] == [KEYS[name].verifying.vkey for name in ("X1", "X3")]
    assert policy.logs[0].url == f"https://{ORIGIN}"
    assert policy.meets(["martori-1", "martori-2"])
    assert not policy.meets(["martori-1"])


@pytest.mark.parametrize(
    ("type_", "facts"),
    [
        ("witness.added", {}),
        ("witness.added", {"key": KEY.verifying.vkey, "url": ""}),
        ("witness.added", {"key": "x", "url": ""}),
        ("quorum.changed", {"quorum": "two"}),
        ("quorum.changed", {"quorum": -1}),
    ],
)
def test_an_entry_that_names_no_witness_is_a_fault(type_: str, facts: dict[str, object]) -> None:
    with pytest.raises(Fault):
        Roll().follow(type_, facts)
