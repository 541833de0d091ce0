"""Every letter can be written in every language, is short, begins with the fact and leads to one place."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from sqlalchemy.orm import Session

from consult.i18n import LOCALES, current_locale
from consult.jobs import work_once
from consult.mail import LETTER, AnyLetter, FolderTransport, SmtpTransport, post, read_folder
from consult.mail.kinds import (
    ApprovalRequested,
    ConfirmAddress,
    OrganisationRefused,
    RecommendationReceived,
)
from consult.notifications import deliver, render
from consult.notifications.letters import TEMPLATES, calendar_with
from consult.store import Database
from tests.factories.people import an_authority
from tests.mail.servers import mail_server

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
BASE_URL = "https://consultare.izvoru.example"
SENDER = "consultare@izvoru.example"
#: As long as such titles get.
TITLE = (
    "Proiect de hotărâre privind aprobarea Regulamentului de organizare și funcționare a parcărilor de reședință și a "
    "parcărilor cu plată de pe domeniul public și privat al Municipiului Izvoru, județul Bacău, pentru anul 2027"
)
REASON = "Numărul locurilor nu poate crește peste ce încape pe stradă fără a ocupa trotuarul. " * 40
FACTS = {
    "link": "/consultari/112-2026/propuneri/47-2026",
    "authority_id": 1,
    "expires_at": NOON,
    "changed_at": NOON,
    "closed_at": NOON,
    "signed_in_at": NOON,
    "received_at": NOON,
    "held_at": NOON,
    "change": "reset",
    "device": "Firefox, Android",
    "inviter": "Elena Dumitrescu",
    "place": "Sala de ședințe a Consiliului Local, Str. Primăriei nr. 1, etajul 1",
    "organisation": "Asociația Pietonii Orașului Izvoru",
    "reason": REASON,
    "number": "47/2026",
    "title": TITLE,
    "provision": "art. 7^1 alin. (2) lit. b)",
    "verdict": "not_taken_up",
    "version": 2,
    "provisions": ("art. 4", "art. 7^1", "art. 12"),
    "rule": "Date personale ale altcuiva",
    "facts": "Textul spune unde locuiește un vecin și de ce boală suferă.",
    "ground": "Consimțământul a fost retras (RGPD, art. 17 alin. (1) lit. b)",
    "about": "project",
    "outcome": "hidden",
    "requested_by": "Ioana Marin",
    "returned_by": "Mihai Ionescu",
    "assigned_by": "Ioana Marin",
    "due_on": NOON.date(),
    "count": 17,
    "numbers": ("412/2026", "413/2026"),
    "leave": "/abonare/renunta/token",
    "of": "proposals_until",
    "happened": "debate",
    "ending": "kept",
    "cycle": "Bugetul participativ 2027",
    "reviewed_until": NOON.date(),
    "appeal_until": NOON.date(),
    "question": "Cine întreține băncile?",
    "answer_until": NOON.date(),
    "note": "Sala Mare a primăriei.",
    "was_on": NOON.date(),
    "day": NOON.date(),
    "origin": "consultare.izvoru.example/log/1",
    "size": 1234,
    "root": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "words": " ".join(["vohob"] * 16),
    "news": "built",
    "cosigned": ("Asociația Pietonii Orașului Izvoru", "Ziarul de Izvoru", "Universitatea din Izvoru"),
    "meeting": "3-2026",
    "sequence": 86400,
    "stated_at": NOON,
    "was_at": NOON,
    "was_in": "Sala Mică, Str. Gării nr. 2",
    "witness": "Asociația Pietonii Orașului Izvoru",
    "trouble": "ahead",
    "noticed_at": NOON,
}
KINDS = {letter.__struct_config__.tag: letter for letter in get_args(AnyLetter)}


def example(kind: str) -> AnyLetter:
    letter = KINDS[kind]
    return letter(**{name: FACTS[name] for name in letter.__struct_fields__})


def words(text: str) -> int:
    return len(re.findall(r"\w[\w.,:/@'-]*", text))


def test_each_kind_has_its_template_and_no_template_is_left_over() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.txt")} == set(KINDS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_begins_with_the_fact_is_short_and_has_one_link(kind: str, locale: str) -> None:
    subject, text = render(example(kind), locale, base_url=BASE_URL)

    prefix = "" if locale == "ro" else f"/{locale}"
    assert 0 < len(subject) <= 140
    assert not subject.startswith(("Municipiul", "Primăria"))
    assert words(text) <= 120
    assert text.count("://") == (2 if "leave" in KINDS[kind].__struct_fields__ else 1)
    assert f"\n{BASE_URL}{prefix}{FACTS['link']}" in text
    assert text.count("\n\n\n") == 0
    assert "!" not in text
    assert "%(" not in subject + text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_all_that_it_was_told(kind: str, locale: str) -> None:
    before = current_locale.get()
    letter = example(kind)

    subject, text = render(letter, locale, base_url=BASE_URL)

    told = msgspec.structs.asdict(letter)
    in_words = {"about", "reason", "verdict", "outcome", "trouble", "of", "ending", "happened", "news"}
    in_calendar = {"meeting", "sequence", "stated_at"}
    for name in told.keys() - {"authority_id", "link", "title", *in_words, *in_calendar}:
        for fact in told[name] if isinstance(told[name], tuple) else [told[name]]:
            said = "14:00" if isinstance(fact, datetime) else str(fact).replace("2026-12-01", "2026")
            assert said in subject + text, name
    assert (TITLE[:50] in subject) == ("title" in told)
    assert (REASON[:290] in text) == ("reason" in told)
    assert current_locale.get() == before


@pytest.mark.parametrize("locale", LOCALES)
def test_each_verdict_is_said_in_other_words(locale: str) -> None:
    verdicts = ["taken_up", "partly", "not_taken_up", "out_of_scope"]

    letters = [
        render(msgspec.structs.replace(example("answer-published"), verdict=verdict), locale, base_url=BASE_URL)
        for verdict in verdicts
    ]

    assert len(set(letters)) == 4


def test_a_letter_about_a_meeting_carries_its_date_for_calendars_which_the_next_one_replaces() -> None:
    announced, called_off = (
        calendar_with(example(kind), "ro", BASE_URL) for kind in ("debate-announced", "meeting-cancelled")
    )

    assert "UID:sedinta-3-2026@consultare.izvoru.example\r\n" in announced
    assert "DTSTART:20261201T120000Z\r\nSUMMARY:" in announced
    assert "SEQUENCE:86400\r\n" in announced
    assert "STATUS:CANCELLED" not in announced
    assert "STATUS:CANCELLED\r\n" in called_off
    assert calendar_with(example("date-moved"), "ro", BASE_URL) == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_whoever_takes_part_in_what_is_moved_is_not_offered_to_leave(locale: str) -> None:
    letter = msgspec.structs.replace(example("meeting-moved"), leave=None)

    _, text = render(letter, locale, base_url=BASE_URL)

    assert text.count("://") == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_moved_date_is_said_with_the_one_it_replaces(locale: str) -> None:
    moved = msgspec.structs.replace(example("date-moved"), was_on=NOON.date() - timedelta(days=7))

    proposals, avizare = (
        render(msgspec.structs.replace(moved, of=of), locale, base_url=BASE_URL)
        for of in ("proposals_until", "submission_on")
    )

    assert "24 noiembrie 2026" in proposals[1] or "24 November 2026" in proposals[1]
    assert "24 noiembrie 2026" in avizare[1] or "24 November 2026" in avizare[1]
    assert "avizare" in avizare[0].lower()
    assert "avizare" not in proposals[0].lower() + proposals[1].lower()


def test_a_proposal_on_the_whole_draft_names_no_article() -> None:
    letter = msgspec.structs.replace(example("recommendation-received"), provision="")

    _, text = render(letter, "en", base_url=BASE_URL)

    assert text.startswith("We registered your proposal on the draft")


def test_what_a_person_wrote_can_begin_no_line_of_ours() -> None:
    reason = "No.\n\nhttps-less spam\n\nBuy here\r\n\u2028now"
    letter = OrganisationRefused(link="/cont", authority_id=1, organisation="A\r\nBcc: b@c.ro", reason=reason)

    subject, text = render(letter, "en", base_url=BASE_URL)

    assert subject == "Not verified: A Bcc: b@c.ro"
    assert "\nNo. https-less spam Buy here now\n" in text


def test_what_looks_like_a_template_or_a_place_is_shown_as_it_is() -> None:
    letter = ApprovalRequested(
        link="/birou", authority_id=1, title="{{ 7*7 }} 100% %(title)s <b>", requested_by="{% x %}"
    )

    subject, text = render(letter, "en", base_url=BASE_URL)

    assert subject == "Waiting for your approval – {{ 7*7 }} 100% %(title)s <b>"
    assert text.startswith("{% x %} asks for your approval")


def post_two(db: Session) -> None:
    an_authority(db)
    second = an_authority(db, name="Comuna Valea", contact_email="contact@valea.example")
    facts = {name: FACTS[name] for name in RecommendationReceived.__struct_fields__} | {"authority_id": second.id}
    post(db, "recommendation-received", to="ana@example.ro", locale="en", facts=facts, at=NOON)
    account = {name: FACTS[name] for name in ConfirmAddress.__struct_fields__}
    post(db, "confirm-address", to="ion@example.ro", locale="ro", facts=account, at=NOON)


def test_the_worker_delivers_what_was_posted_signed_by_its_authority(database: Database, tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path, sender=SENDER)
    database.act(post_two)

    while work_once(database, {LETTER: partial(deliver, transport=transport, base_url=BASE_URL)}, NOON):
        pass

    received, account = sorted(read_folder(tmp_path), key=lambda letter: letter.to)
    assert (received.to, received.signed_by) == ("ana@example.ro", "Comuna Valea")
    assert received.text.endswith("\n\nComuna Valea\nIoana Marin, 0234 000 000, contact@valea.example\n")
    assert f"{BASE_URL}/en/consultari/112-2026/propuneri/47-2026" in received.text
    assert received.posted_at == NOON
    assert (account.to, account.signed_by) == ("ion@example.ro", "Municipiul Izvoru")


def test_a_letter_waits_while_the_mail_server_is_down_and_goes_out_once_when_it_is_back(database: Database) -> None:
    database.act(post_two)
    with mail_server() as mailbox:
        url = f"smtp://127.0.0.1:{mailbox.port}"
    handlers = {LETTER: partial(deliver, transport=SmtpTransport(url, sender=SENDER), base_url=BASE_URL)}
    while work_once(database, handlers, NOON):
        pass

    with mail_server(port=mailbox.port) as mailbox:
        while work_once(database, handlers, NOON.replace(hour=13)):
            pass

    assert sorted(mailbox.recipients) == [["ana@example.ro"], ["ion@example.ro"]]
