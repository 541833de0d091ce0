"""What holds on every public page of a consultation, whatever stands in it.

Nothing is private, nothing runs, nothing leads nowhere; the bytes are the same for everybody; and it takes a handful of
statements, however much there is.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.consultations.announcements import Announcement, create_consultation, edit_announcement
from consult.consultations.consultations import Consultation
from consult.consultations.counters import refresh_counters
from consult.consultations.debates import announce_debate
from consult.consultations.documents import DocumentKind, attach_document
from consult.consultations.drafts import request_approval, return_to_clerk, save_text
from consult.consultations.listings import keep_words
from consult.consultations.publication import approve
from consult.consultations.recommendations import Kind, Recommendation, Verdict
from consult.files import KeptFile, put
from consult.identity.offices import Role
from consult.meetings.meetings import Notice
from consult.record.bodies import Body, keep_body
from consult.settings import Settings
from tests.factories import (
    DRAFT,
    NOW,
    a_citizen,
    a_draft_ready_for_approval,
    a_member_of,
    an_official,
    an_organisation,
)
from tests.web.consultations.conftest import BETTER, Town
from tests.web.reader import Clock, Page, Reader

HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{ 7*7 }}</textarea>"""
#: Addresses of others, which lead on from here.
ELSEWHERE = re.compile(
    r"/(en/)?(consultari/[^/]+/propune($|\?)|consultari/[^/]+/propuneri/[^/]+/|cont|registru|static)"
)
PAGES = (
    "/",
    "/consultari",
    "/consultari/1-2026/regulamentul-parcarilor-de-resedinta",
    "/consultari/1-2026/text",
    "/consultari/1-2026/text?vedere=propuneri",
    "/consultari/1-2026/text?vedere=schimbari",
    "/consultari/1-2026/text/v1",
    "/consultari/1-2026/text/art-2",
    "/consultari/1-2026/text/art-4-v1",
    "/consultari/1-2026/propuneri",
    "/consultari/1-2026/propuneri/1-2026",
    "/consultari/1-2026/raspuns",
    "/consultari/1-2026/schimbari",
    "/consultari/1-2026/calendar.ics",
    "/consultari.csv",
    "/consultari.json",
    "/consultari.atom",
)


def everything(reader: Reader, *starts: str) -> Iterator[tuple[str, str]]:
    """Open every public page that can be reached by links; yield each address and what it answers."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        path = waiting.pop()
        answer = reader.ask("GET", path)
        assert answer.status_code in {200, 301, 303}, f"{path}: {answer.status_code}"
        yield path, answer.text
        found = [answer.headers["location"]] if answer.has_redirect_location else []
        is_file = "content-disposition" in answer.headers
        if answer.headers["content-type"].startswith("text/html") and not is_file:
            page = Page(reader, answer)  # is held against the rules of the house
            found += [str(link["href"]) for link in page.html.select("a[href], link[rel=alternate]")]
        for href in found:
            address = urlsplit(urldefrag(urljoin(f"http://izvoru.test{path}", href)).url)
            nearby = address._replace(scheme="", netloc="").geturl()
            if address.netloc == "izvoru.test" and nearby not in seen and not ELSEWHERE.match(nearby):
                seen.add(nearby)
                waiting.append(nearby)


@pytest.mark.usefixtures("lived_in")
def test_every_link_leads_somewhere_in_both_languages(reader: Reader, town: Town) -> None:
    town.publish(at=NOW + timedelta(days=11))

    opened = [path for path, _ in everything(reader, "/", "/en/")]

    assert len(opened) > 80
    assert {path.startswith("/en") for path in opened} == {True, False}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_private_appears_anywhere(reader: Reader, town: Town, lived_in: Consultation) -> None:
    draft_reason, open_ = "CIORNA-DE-RASPUNS", town.publish(at=NOW + timedelta(days=11))
    hidden = town.database.act(a_citizen, name="NUMELE-ASCUNS", email="adresa-ascunsa@posta.example")
    said = town.say(open_, by=hidden, at=NOW + timedelta(days=12))
    town.draft_answer(open_, said, verdict=Verdict.TAKEN_UP, reason=draft_reason)
    town.database.act(prepare_in_private, town, open_)

    secrets = {
        draft_reason,
        "NUMELE-ASCUNS",
        "posta.example",
        "pietonii.example",
        "TITLU-ASCUNS",
        "TEXT-ASCUNS",
        "NOTA",
    }
    for path, text in everything(reader, "/", "/en/", "/consultari/1-2026/propuneri.json"):
        assert {secret for secret in secrets if secret in text} == set(), path


def prepare_in_private(db: Session, town: Town, open_: Consultation) -> None:
    """Begin what is nobody's business yet: a draft that was sent back, and the next text of a public one."""
    draft = a_draft_ready_for_approval(
        db, town.authority, clerk=town.clerk, text=DRAFT.replace("Se aprobă", "TEXT-ASCUNS")
    )
    draft.title = "TITLU-ASCUNS"
    keep_words(db, draft)
    approver = an_official(db, town.authority, Role.APPROVER)
    return_to_clerk(db, draft.id, note="NOTA", by=approver, at=NOW)
    create_consultation(db, town.authority.id, title="TITLU-ASCUNS 2", by=town.clerk, at=NOW)
    save_text(db, open_.id, text=DRAFT.replace("Se aprobă", "TEXT-ASCUNS"), edition=1, by=town.clerk, at=NOW)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_that_somebody_wrote_runs(reader: Reader, town: Town, clock: Clock, settings: Settings) -> None:
    town.database.act(publish_hostile, town, put(settings.files, HOSTILE.encode()))
    consultation = town.database.read(lambda db: db.scalars(select(Consultation)).one())
    organisation = town.database.act(an_organisation, town.authority, name=HOSTILE)
    member = town.database.act(a_member_of, organisation)
    named = town.database.act(a_citizen, name=HOSTILE)
    said = [
        town.say(consultation, "art-1", wording=HOSTILE, by=member),
        town.say(consultation, "art-1", Kind.CHANGE, wording=HOSTILE, reason=HOSTILE, named=True, by=named),
    ]
    town.draft_answer(consultation, *said, verdict=Verdict.PARTLY, reason=HOSTILE)
    clock.at = town.publish_answers(consultation)
    town.improve(consultation, f"Art. 1. - {HOSTILE} altfel\nArt. 2. - Altul.\n", art_1=said)

    seen = 0
    for path, text in everything(
        reader, "/", "/en/consultari?q=%3Cscript%3Ealert(1)", "/consultari/1-2026/propuneri.csv"
    ):
        if path.endswith(".atom"):
            ET.fromstring(text)  # noqa: S314 - our own feed
        elif path.endswith(".json"):
            json.loads(text)
        elif "." not in path.rpartition("/")[2] and "/documente/" not in path:
            html = BeautifulSoup(text, "html.parser")
            assert [tag for tag in html.select("script") if not str(tag.get("src")).startswith("/static/")] == [], path
            assert html.select("[onerror], img[src=x], textarea") == [], path
            assert "49</textarea>" not in text
            seen += "alert(1)" in html.get_text()
    assert seen > 20


def publish_hostile(db: Session, town: Town, sha256: str) -> None:
    """Publish a consultation with something hostile in every field."""
    draft = a_draft_ready_for_approval(
        db, town.authority, clerk=town.clerk, text=f"{HOSTILE}\nArt. 1. - {HOSTILE}\na) {HOSTILE};\nArt. 2. - Altul.\n"
    )
    facts = {name: HOSTILE for name in Announcement.__dataclass_fields__ if name != "concerns_business"}
    edit_announcement(db, draft.id, announcement=Announcement(**facts), edition=draft.edition, by=town.clerk, at=NOW)
    draft.urgent_motive = HOSTILE
    attach_document(
        db,
        draft.id,
        kind=DocumentKind.ANNEX,
        file=KeptFile(f"{HOSTILE}.pdf".replace("/", ""), sha256, len(HOSTILE), "application/pdf"),
        by=town.clerk,
        at=NOW,
    )
    request_approval(db, draft.id, by=town.clerk, at=NOW)
    approve(db, draft.id, by=an_official(db, town.authority, Role.APPROVER), at=NOW)
    announce_debate(
        db, draft.id, notice=Notice(NOW + timedelta(days=2), HOSTILE), by=town.contact, at=NOW + timedelta(hours=1)
    )


@pytest.mark.usefixtures("lived_in")
def test_the_bytes_are_the_same_for_everybody_and_asked_again_only_if_changed(reader: Reader, town: Town) -> None:
    for path in PAGES:
        reader.sign_out()
        stranger = reader.ask("GET", path)
        reader.sign_in(town.contact)
        official = reader.ask("GET", path, headers={"Accept-Language": "en"})
        again = reader.ask("GET", path, headers={"If-None-Match": stranger.headers["etag"]})

        assert stranger.status_code == 200, path
        assert official.content == stranger.content, path
        assert stranger.headers["cache-control"].startswith("public, max-age=0, s-maxage="), path
        assert "set-cookie" not in stranger.headers, path
        assert (again.status_code, again.content) == (304, b""), path
        assert reader.ask("HEAD", path).content == b"", path
        assert reader.ask("POST", path).status_code == 405, path


@pytest.mark.usefixtures("lived_in")
def test_no_page_takes_more_than_ten_statements(reader: Reader, statements: Callable) -> None:
    for path in PAGES:
        knows_its_host(reader)
        with statements() as seen:
            reader.ask("GET", path)
        assert 1 <= len(seen) <= 10, (path, len(seen), seen)


MANY = (
    "/",
    "/consultari",
    "/consultari/1-2026/regulamentul-parcarilor-de-resedinta",
    "/consultari/1-2026/text",
    "/consultari/1-2026/text?vedere=propuneri",
    "/consultari/1-2026/text/art-2",
    "/consultari/1-2026/propuneri",
    "/consultari/1-2026/propuneri?dupa=2500",
    "/consultari/1-2026/propuneri?raspuns=partial",
    "/consultari/1-2026/raspuns",
)


@pytest.mark.usefixtures("lived_in")
def test_five_thousand_proposals_take_as_many_statements_as_five(
    reader: Reader, town: Town, statements: Callable
) -> None:
    few, many = {}, {}
    for path in MANY:
        knows_its_host(reader)
        with statements() as seen:
            reader.ask("GET", f"/en{path}")
        few[path] = len(seen)
    town.database.act(receive_many, 5000)

    for path in MANY:
        knows_its_host(reader)
        with statements() as seen:
            answer = reader.ask("GET", path)
        many[path] = len(seen)
        assert answer.status_code == 200

    assert many == few
    assert max(many.values()) <= 10


def knows_its_host(reader: Reader) -> None:
    """Let the face look up whose host this is and how the record stands, remembered for a second or more.

    By a page that is made each time: a slow machine would count what it looks up.
    """
    reader.ask("GET", "/inregistrare")


def receive_many(db: Session, number: int) -> None:
    """Receive amendments to art. 2 in rows alone, each with words and an answer."""
    first = db.get_one(Recommendation, 5)
    columns = {
        column.key: getattr(first, column.key) for column in Recommendation.__table__.columns if column.key != "id"
    }
    bodies = [
        keep_body(db, {"wording": f"toate cele {each} autoturisme;", "reason": "De ce nu?"}).id for each in range(100)
    ]
    assert db.get(Body, bodies[0])
    rows = [
        columns | {"number": 100 + each, "article_key": "art-2", "body_id": bodies[each % 100]}
        for each in range(number)
    ]
    db.execute(insert(Recommendation), rows)
    refresh_counters(db, first.consultation_id)


def test_a_draft_does_not_exist_whatever_address_is_tried(reader: Reader, town: Town) -> None:
    town.database.act(a_draft_ready_for_approval, town.authority, clerk=town.clerk)

    for path in ("", "/x", "/text", "/text/v1.txt", "/text/art-1", "/propuneri", "/raspuns", "/calendar.ics"):
        for reference in ("1-2026", "None-None", "1-None", "0-0"):
            assert reader.ask("GET", f"/consultari/{reference}{path}").status_code == 404


def test_a_withdrawn_draft_stays_readable(reader: Reader, town: Town, lived_in: Consultation) -> None:
    town.database.act(lambda db: db.execute(update(Consultation).values(stage="withdrawn")))

    for path in PAGES:
        assert reader.ask("GET", path).status_code == 200


def test_what_was_published_once_is_found_in_every_version(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.improve(consultation)
    town.improve(consultation, BETTER.replace("Art. 4. - Cererile", "Art. 4. - Toate cererile"), edition=2)

    for number in (1, 2, 3):
        page = reader.get(f"/consultari/1-2026/text/v{number}")
        for link in page.html.select(".provision-number a"):
            assert reader.get(str(link["href"])).heading
