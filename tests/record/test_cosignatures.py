"""A witness's signature is that of C2SP cosignature/v1: those that other programs made are verified, others refused."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.record.encoding import decode_base64
from consult.record.faults import Fault
from consult.record.notes import CosigningKey, Note, SigningKey, VerifyingKey
from tests.record.logs import KEY, NOON, WITNESS

# Made by Sunlight (filippo.io/sunlight, cmd/skylight/testdata), beside the signature of a log with another kind of key.
SUNLIGHT = (
    b"rome2026h1.example.org\n300\nlCkHUpkmVBEms2r2T1K6Og69+wUuuN3MIEW1/ezu2v0=\n\n"
    b"\xe2\x80\x94 rome2026h1.example.org kVB1JgAAAZtxtEwABAMARzBFAiEAi+mTa2xjL1IdWpH82OeciGsGvwRAP+f1WkfKaSZCfFECIHoNP"
    b"Z/Q3y6UNzvKOO9cuLr6V16vPNfhwhle9f6r5H/Z\n"
    b"\xe2\x80\x94 witness.example.org uKLPIAAAAABpVGeAhm2bOvKc3LaB9PFN1ruG19Y5yqslmcAAbhftnn1Zznmo0LXFZq4LGvqKqLX8jWlw"
    b"LKasxEGTLIqAVusneCBmBw==\n"
)
SUNLIGHT_WITNESS = "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN"
MIRRORED = (
    b"rome2026h1.example.org\n300\ngw31yQrqZZCcEOPrzX+bpy3nJ6QgngTKn8G1m0i62uU=\n\n"
    b"\xe2\x80\x94 mirror.example.org P7FI7wAAAABpVGeAjA1S4pJm6MbcXjX7UUImu4azZtrfcVW2uyr/LXIYlwEJzXC0N0EiZkbqfLdXt/4g"
    b"VEEuGmxJjAfXKMCISpsJAg==\n"
)
SUNLIGHT_MIRROR = "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O"
# From transparency-dev/formats, note/note_cosigv1_test.go: two keys, and a signature that says 1727964367.
OTHERS_KEY = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
LOGS_KEY = "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6"
DATED = "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA=="

TEXT = "consult.example.org/log/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


@pytest.mark.parametrize(("note", "vkey"), [(SUNLIGHT, SUNLIGHT_WITNESS), (MIRRORED, SUNLIGHT_MIRROR)])
def test_the_cosignature_of_another_program_is_verified_and_tells_its_time(note: bytes, vkey: str) -> None:
    key = VerifyingKey.parse(vkey)

    (said,) = Note.parse(note).cosigned_by([key])

    assert said.key == key
    assert said.at == datetime(2025, 12, 31, tzinfo=UTC)


def test_a_signature_of_an_unknown_kind_is_passed_over_beside_a_known_one() -> None:
    assert len(Note.parse(SUNLIGHT).signatures) == 2
    assert Note.parse(SUNLIGHT).signers_among([KEY.verifying]) == []


@pytest.mark.parametrize("vkey", [OTHERS_KEY, LOGS_KEY])
def test_keys_of_both_kinds_are_read_and_written_alike(vkey: str) -> None:
    assert VerifyingKey.parse(vkey).vkey == vkey


def test_the_time_stands_before_the_signature() -> None:
    line = f"— somebody {DATED}".encode()

    (signature,) = Note.parse(b"text\n\n" + line + b"\n").signatures

    assert signature.value[:8] == (1_727_964_367).to_bytes(8, "big")
    assert decode_base64(DATED)[:4] == signature.key_id


def test_what_our_witness_signs_holds_and_covers_the_time() -> None:
    line = WITNESS.cosign(TEXT, NOON)
    (said,) = Note.parse(KEY.sign(TEXT) + line).cosigned_by([WITNESS.verifying])
    signature = Note.parse(KEY.sign(TEXT) + line).signatures[1]
    later = (int(NOON.timestamp()) + 1).to_bytes(8, "big") + signature.value[8:]

    assert said.at == NOON
    assert not WITNESS.verifying.has_signed(TEXT, later)
    assert not WITNESS.verifying.has_signed(f"{TEXT}more\n", signature.value)


def test_a_witness_who_signed_twice_counts_once_with_the_later_time() -> None:
    note = KEY.sign(TEXT) + WITNESS.cosign(TEXT, NOON + timedelta(hours=1)) + WITNESS.cosign(TEXT, NOON)

    assert [said.at for said in Note.parse(note).cosigned_by([WITNESS.verifying])] == [NOON + timedelta(hours=1)]


def test_a_false_cosignature_makes_the_whole_note_worthless() -> None:
    forged = WITNESS.line(bytes(72))

    with pytest.raises(Fault, match="is not that of its key"):
        Note.parse(KEY.sign(TEXT) + WITNESS.cosign(TEXT, NOON) + forged).cosigned_by([WITNESS.verifying])


@pytest.mark.parametrize(
    ("value", "sentence"), [(bytes(64), "length"), (bytes(73), "length"), (b"\xff" * 8 + bytes(64), "not that of")]
)
def test_a_cosignature_of_another_form_is_refused(value: bytes, sentence: str) -> None:
    with pytest.raises(Fault, match=sentence):
        Note.parse(KEY.sign(TEXT) + WITNESS.line(value)).cosigned_by([WITNESS.verifying])


def test_a_time_that_no_calendar_has_is_refused_although_it_was_signed() -> None:
    class FarAhead(datetime):
        def timestamp(self) -> float:
            return float(1 << 60)

    line = WITNESS.cosign(TEXT, FarAhead(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(Fault, match="no calendar"):
        Note.parse(KEY.sign(TEXT) + line).cosigned_by([WITNESS.verifying])


def test_the_keys_of_a_log_and_of_a_witness_are_not_taken_for_each_other() -> None:
    same = CosigningKey(KEY.name, KEY.seed)

    assert same.verifying.id != KEY.verifying.id
    assert CosigningKey.parse(WITNESS.secret) == WITNESS
    with pytest.raises(Fault, match="id in the signing key"):
        SigningKey.parse(WITNESS.secret)
    assert not KEY.verifying.has_signed(TEXT, Note.parse(b"x\n\n" + WITNESS.cosign(TEXT, NOON)).signatures[0].value)
