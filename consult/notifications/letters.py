"""The wording of letters: a template for each kind, in the reader's language, signed by the authority.

A template is plain text. Its first line is the subject, which begins with the fact (never with the name of the town:
a list of letters that all begin alike cannot be read); after an empty line comes what the letter says, at most 120
words, with one link; one that comes again and again has a second link, by which it ends.
"""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import i18n
from consult.icalendar import Occasion, written
from consult.identity.authorities import Authority
from consult.jobs import Facts
from consult.links import in_language, meeting_occasion
from consult.mail import AnyLetter, Letter, Posted, Transport
from consult.mail.kinds import (
    AboutMeeting,
    AuthorityLetter,
    ConsultationStep,
    DailyDigest,
    MeetingCancelled,
    MeetingMoved,
)
from consult.store import Database

#: Letters that come again and again, and say how to end them.
AGAIN = DailyDigest | ConsultationStep | MeetingMoved | MeetingCancelled

TEMPLATES = Path(__file__).parent / "letters"


def deliver(database: Database, facts: Facts, at: datetime, *, transport: Transport, base_url: str) -> None:  # noqa: ARG001
    """Word one posted letter and send it: the worker's handler for `consult.mail.LETTER`.

    `base_url`: the address of the service, which completes the letter's link. `at` is not used: a letter is dated by
    the act that it tells of, however late it leaves.
    """
    posted = Posted.from_job(facts)
    authority = database.read(signatory, posted.letter)
    subject, text = render(posted.letter, posted.locale, base_url=base_url)
    letter = Letter(
        id=posted.id,
        to=posted.to,
        signed_by=authority.name,
        subject=subject,
        text=f"{text}\n\n{signature(authority)}\n",
        locale=posted.locale,
        posted_at=posted.posted_at,
        leave=way_to_leave(posted.letter, posted.locale, base_url),
        calendar=calendar_with(posted.letter, posted.locale, base_url),
    )
    transport.send(letter)


def render(letter: AnyLetter, locale: str, *, base_url: str) -> tuple[str, str]:
    """Return the subject and the text of a letter in its reader's language, without the signature."""
    facts = {name: one_line(fact) for name, fact in msgspec.structs.asdict(letter).items()}
    template = environment.get_template(f"{letter.__struct_config__.tag}.txt")
    before = i18n.current_locale.set(locale)
    try:
        ways = {name: complete(str(facts[name]), locale, base_url) for name in ("link", "leave") if facts.get(name)}
        written = template.render(facts | ways)
    finally:
        i18n.current_locale.reset(before)
    subject, _, text = written.partition("\n")
    return subject.strip(), text.strip()


def way_to_leave(letter: AnyLetter, locale: str, base_url: str) -> str:
    """Return the address by which a reader ends letters that come again and again; empty for all others."""
    return complete(letter.leave, locale, base_url) if isinstance(letter, AGAIN) and letter.leave else ""


def calendar_with(letter: AnyLetter, locale: str, base_url: str) -> str:
    """Return the date of a letter as a file for calendars; empty where it gives none."""
    if not isinstance(letter, AboutMeeting):
        return ""
    occasion = Occasion(
        uid=meeting_occasion(letter.meeting, urlsplit(base_url).netloc),
        stamped_at=letter.stated_at,
        day=letter.held_at.astimezone(i18n.ZONE).date(),
        starts_at=letter.held_at,
        summary=letter.title,
        place=letter.place,
        url=complete(letter.link, locale, base_url),
        sequence=letter.sequence,
        is_cancelled=isinstance(letter, MeetingCancelled),
    )
    return written(letter.title, [occasion])


def complete(path: str, locale: str, base_url: str) -> str:
    """Return the address of a page as a letter shows it."""
    return f"{base_url}{in_language(path, locale)}"


def one_line(fact: object) -> object:
    """Return a text on one line: what people wrote can begin no paragraph of ours, least of all the subject."""
    return " ".join(fact.split()) if isinstance(fact, str) else fact


def signatory(db: Session, letter: AnyLetter) -> Authority:
    """Return who signs a letter; one about an account is signed by the authority that runs the installation."""
    if isinstance(letter, AuthorityLetter):
        return db.get_one(Authority, letter.authority_id)
    return db.scalars(select(Authority).order_by(Authority.id).limit(1)).one()


def signature(authority: Authority) -> str:
    """Return the lines under every letter: who writes, and whom to ask."""
    return f"{authority.name}\n{authority.contact_name}, {authority.contact_phone}, {authority.contact_email}"


@pass_context
def spoken(_context: Context, fact: object) -> object:
    """Say a fact in the reader's language (told of the context, or Jinja would fold it once for all languages)."""
    return i18n.spoken(fact)


# No escaping: a letter is plain text, and nothing in it is read as markup.
environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    extensions=["jinja2.ext.i18n"],
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 - as above
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.install_gettext_callables(  # type: ignore[attr-defined] # put there by the extension
    i18n.gettext, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext
)
environment.filters["spoken"] = spoken
environment.filters["in_sentence"] = i18n.in_sentence
