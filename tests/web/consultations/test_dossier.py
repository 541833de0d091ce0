"""The page of the file of a consultation: asking for it, seeing how far it is, taking it along."""

from datetime import timedelta

from consult.commands.keys import settle
from consult.consultations.dossiers.dossiers import MAKE
from consult.consultations.dossiers.making import make_dossier
from consult.jobs import work_once

PAGE = "/en/consultari/1-2026/dosar"


def test_anybody_has_the_file_made_and_takes_it_along(reader, town, clock, database, settings) -> None:
    consultation = town.publish()
    town.say(consultation)
    settle(settings, database, at=clock.at)

    page = reader.get(PAGE).form("Make the file").submit()
    assert page.banner == "The file is being made."
    assert "It is waiting for its turn." in page.text

    clock.at += timedelta(seconds=2)
    work_once(database, {MAKE: make_dossier}, clock.at)
    page = page.follow("See how far it is")
    assert not page.html.select("main form")
    answer = reader.ask("GET", "/en/consultari/1-2026/dosar.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-disposition"].startswith('attachment; filename="dosar-1-2026-')
    assert answer.headers["content-length"] == str(len(answer.content))

    clock.at += timedelta(days=1)
    assert reader.get(PAGE).form("Make it anew")


def test_there_is_no_file_before_somebody_asked_nor_of_a_draft(reader, town) -> None:
    reader.get("/en/consultari/1-2026/dosar", status=404)
    town.publish()

    reader.get("/en/consultari/1-2026/dosar.pdf", status=404)

    assert reader.get("/en/consultari/1-2026").follow("The whole file to print (PDF)").path == PAGE
