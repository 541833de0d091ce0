"""How people of the demo town write: they keep drafts, finish them later, and send several together."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from consult.consultations.packages import send_package
from consult.consultations.places import Place
from consult.consultations.unsent import Begun, save_unsent
from consult.consultations.words import Words
from consult.demo import drafts as told
from consult.demo.moderating import Happening, Playing
from consult.demo.town import Consultation
from consult.files import check_upload
from consult.files.sealing import SealedFile, seal_file
from consult.identity.registers import Register, register_key

#: So long somebody writes at one proposal.
EACH = timedelta(minutes=20)


def writing(play: Playing, draft: Consultation) -> Iterator[Happening]:
    """Yield what is kept as a draft, and what was sent together."""
    for unsent in draft.unsent:
        kept = partial(_keep, play, draft, unsent, unsent.by, unsent.organisation)
        yield play.at(unsent.day, unsent.at), lambda at, kept=kept: kept(at=at)
    for package in draft.packages:
        yield from Package(play, draft, package).deeds()


class Package:
    """What a member writes, one proposal after the other, and sends in one act."""

    def __init__(self, play: Playing, draft: Consultation, package: told.Together) -> None:
        self._play = play
        self._draft = draft
        self._told = package
        self._begun: list[Begun] = []

    def deeds(self) -> Iterator[Happening]:
        """Yield how it was written and sent."""
        begins_at = self._play.at(self._told.day, self._told.at)
        for number, part in enumerate(self._told.parts):
            yield begins_at + number * EACH, lambda at, part=part: self._write(part, at)
        yield begins_at + len(self._told.parts) * EACH, self._send

    def _write(self, part: told.Begun, at: datetime) -> None:
        it = self._told
        self._begun.append(_keep(self._play, self._draft, part, it.by, it.organisation, at=at))

    def _send(self, at: datetime) -> None:
        it = self._told

        def send(db: Session) -> None:
            by = self._play.residents.speaker(db, it.by, it.organisation)
            consultation_id = self._play.consultations[self._draft.key]
            letter = it.letter.strip()
            send_package(db, consultation_id, name=it.name, letter=letter, drafts=self._begun, by=by, at=at)

        key = register_key(Register.RECOMMENDATIONS, self._play.residents.authority_id)
        self._play.database.act_alone(key, send)


def sealed_text(folder: Path, file: told.Attached) -> SealedFile:
    """Check a file as the page does, and put it where it stays."""
    content = file.text.lstrip().encode()
    return seal_file(folder, check_upload(file.name, content), content)


def _keep(
    play: Playing, draft: Consultation, it: told.Begun, by: str, organisation: str | None, *, at: datetime
) -> Begun:
    """Keep a draft and return it as the page would know it."""

    def keep(db: Session) -> Begun:
        kept = save_unsent(
            db,
            play.consultations[draft.key],
            said=Words(it.kind, it.wording.strip(), it.reason.strip()),
            place=Place(it.on),
            named=True,
            begun=None,
            by=play.residents.speaker(db, by, organisation),
            at=at,
        )
        return Begun(kept.id, kept.edition)

    return play.database.act(keep)
