"""A text lives once, beside a salt that keeps its commitment from being guessed."""

from hashlib import sha256

from sqlalchemy.orm import Session

from consult.record.bodies import Body, keep_body, texts
from consult.record.packs import KeptPack, keep_pack


def test_a_text_is_read_back_as_it_was_written(db: Session) -> None:
    written = {"wording": "Art. 4 se modifică: „orele 7–19”.", "reason": "Pentru\nriverani\u0000"}

    body = keep_body(db, written)

    db.expire_all()
    assert texts(db.get_one(Body, body.id)) == written


def test_the_commitment_is_the_hash_of_salt_and_content_which_are_the_published_file(db: Session) -> None:
    body = keep_body(db, {"reason": "Da."})

    assert body.commitment == sha256(body.salt + body.content).hexdigest() == sha256(body.file).hexdigest()
    assert body.committed.c == body.commitment
    assert body.committed.size == len(body.content) == len(body.file) - 32


def test_the_same_text_twice_gives_two_commitments_so_that_nobody_can_guess_it(db: Session) -> None:
    first, second = keep_body(db, {"reason": "Da."}), keep_body(db, {"reason": "Da."})

    assert first.content == second.content
    assert first.commitment != second.commitment


def test_the_same_pack_is_kept_once(db: Session) -> None:
    digest = keep_pack(db, b"title = 1")

    assert keep_pack(db, b"title = 1") == digest == sha256(b"title = 1").hexdigest()
    assert db.query(KeptPack).count() == 1
