"""Signed notes are those of C2SP signed-note: what Go's package made is read and made alike, the unclear refused."""

import pytest

from consult.record.encoding import encode_base64
from consult.record.faults import Fault
from consult.record.notes import Note, SigningKey, VerifyingKey
from tests.record.logs import KEY

# The example in the documentation of Go's golang.org/x/mod/sumdb/note.
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
GO_NOTE = f"{GO_TEXT}\n— PeterNeumann {GO_SIGNATURE}\n".encode()

TEXT = "consult.example.org/log/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
NOTE = KEY.sign(TEXT)
KNOWN = [KEY.verifying]


def changed(old: str, new: str) -> bytes:
    return NOTE.decode().replace(old, new).encode()


def test_a_note_signed_by_another_program_is_verified() -> None:
    note = Note.parse(GO_NOTE)

    assert note.text == GO_TEXT
    assert note.signed_by([VerifyingKey.parse(GO_VKEY)]) == [VerifyingKey.parse(GO_VKEY)]


def test_the_same_key_signs_the_same_bytes_as_the_other_program() -> None:
    key = SigningKey.parse(GO_SECRET)

    assert key.sign(GO_TEXT) == GO_NOTE
    assert key.verifying.vkey == GO_VKEY


def test_a_text_may_hold_empty_lines_and_is_parted_at_the_last_one() -> None:
    text = "one\n\ntwo\n\n\n"

    assert Note.parse(KEY.sign(text)).text == text


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    other = SigningKey("witness.example", bytes(32)).sign(TEXT).decode().split("\n\n")[1]

    note = Note.parse(NOTE + other.encode())

    assert note.signed_by(KNOWN) == KNOWN


def test_all_known_keys_that_signed_are_told() -> None:
    other = SigningKey("witness.example", bytes(32))
    line = other.sign(TEXT).decode().split("\n\n")[1]

    note = Note.parse(NOTE + line.encode())

    assert note.signed_by([*KNOWN, other.verifying]) == [*KNOWN, other.verifying]


def test_a_note_is_refused_when_a_known_key_is_claimed_falsely_even_beside_a_good_signature() -> None:
    forged = f"— {KEY.name} {encode_base64(KEY.verifying.id + bytes(64))}\n".encode()

    with pytest.raises(Fault, match="is not that of its key"):
        Note.parse(NOTE + forged).signed_by(KNOWN)


def test_a_note_without_a_signature_by_a_known_key_is_refused() -> None:
    stranger = SigningKey(KEY.name, bytes(32))

    with pytest.raises(Fault, match="None of the signatures"):
        Note.parse(stranger.sign(TEXT)).signed_by(KNOWN)


def test_sixteen_signatures_are_read_and_seventeen_refused() -> None:
    line = b"\xe2\x80\x94 w.example AAAAAAA=\n"

    assert len(Note.parse(NOTE + line * 15).signatures) == 16
    with pytest.raises(Fault, match="carries 17 signatures"):
        Note.parse(NOTE + line * 16)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no signature"),
        (NOTE.replace(b"\n", b"\r\n"), "CRLF"),
        (NOTE[:-1], "cut short"),
        (NOTE[:40], "no signature"),
        (NOTE.replace(b"\n\n", b"\n"), "no signature"),
        (b"\xff" + NOTE, "not UTF-8"),
        (changed("— ", "- "), "not a signature"),
        (changed("— ", "—  "), "not a signature"),
        (changed("— consult.", "— con+sult."), "not a signature"),
        (f"{TEXT}\n— {KEY.name} AAAA\n".encode(), "not a signature"),
        (f"{TEXT}\n— {KEY.name} ????\n".encode(), "not in base64"),
        (b"a" * 200_000, "longer"),
    ],
)
def test_what_is_not_a_note_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Fault, match=sentence):
        Note.parse(data)


def test_base64_with_stray_bits_is_refused_since_it_would_be_a_second_form_of_the_same_signature() -> None:
    last = GO_SIGNATURE[-2]
    stray = GO_SIGNATURE[:-2] + chr(ord(last) + 1) + "="

    with pytest.raises(Fault, match="not in base64"):
        Note.parse(GO_NOTE.replace(GO_SIGNATURE.encode(), stray.encode()))


@pytest.mark.parametrize(
    ("vkey", "sentence"),
    [
        ("", "name"),
        ("a b+00000000+AAAA", "name"),
        (GO_VKEY.replace("c74f20a3", "c74f20a4"), "id"),
        (GO_VKEY.replace("c74f20a3", "C74F20A3"), "id"),
        (GO_VKEY.replace("+ARpc", "+Ahpc"), "Ed25519"),
        (GO_VKEY.replace("+ARpc", "+BBpc"), "id"),
        (GO_VKEY[:-4], "Ed25519"),
        (GO_SECRET, "base64"),
    ],
)
def test_what_is_not_a_verifier_key_is_refused_in_a_sentence(vkey: str, sentence: str) -> None:
    with pytest.raises(Fault, match=sentence):
        VerifyingKey.parse(vkey)


def test_a_signing_key_is_not_shown_when_it_is_printed() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert str(KEY.seed) not in repr(KEY)


@pytest.mark.parametrize("secret", [GO_VKEY, GO_SECRET.replace("c74f20a3", "c74f20a4"), GO_SECRET[:-4]])
def test_what_is_not_a_signing_key_is_refused(secret: str) -> None:
    with pytest.raises(Fault):
        SigningKey.parse(secret)
