"""The kinds of entries among which readers choose, by the words that stand in addresses."""

from collections.abc import Mapping
from typing import NamedTuple

from consult.i18n import N_


class Kind(NamedTuple):
    """One choice: the type of entries, and how it is called."""

    type: str
    name: str


#: In the order in which they are most asked for.
KINDS: Mapping[str, Kind] = {
    "propuneri": Kind("recommendation.received", N_("Proposals")),
    "raspunsuri": Kind("response.published", N_("Answers")),
    "contestatii-la-buget": Kind("contestation.ruled", N_("Rulings on contestations of a budget")),
    "promisiuni": Kind("promise.made", N_("Promises")),
    "promisiuni-incheiate": Kind("promise.ended", N_("Promises kept or given up")),
    "consultari": Kind("consultation.announced", N_("Announcements")),
    "dezbateri": Kind("debate.announced", N_("Debates")),
    "sedinte": Kind("session.announced", N_("Council sessions")),
    "cereri-de-dezbatere": Kind("debate.requested", N_("Requests for a debate")),
    "raspunsuri-la-cereri": Kind("debate.request_answered", N_("Answers to requests for a debate")),
    "intalniri": Kind("meeting.announced", N_("Meetings")),
    "mutari": Kind("meeting.moved", N_("Meetings moved")),
    "anulari": Kind("meeting.cancelled", N_("Meetings called off")),
    "incheieri": Kind("meeting.ended", N_("Meetings held")),
    "minute": Kind("minutes.published", N_("Minutes")),
    "inregistrari": Kind("recording.linked", N_("Recordings")),
    "voturi": Kind("item.decided", N_("Votes and results")),
    "versiuni": Kind("version.published", N_("Versions of texts")),
    "termene": Kind("consultation.date_moved", N_("Dates moved")),
    "confirmari": Kind("duty.confirmed", N_("Duties confirmed")),
    "etape": Kind("consultation.stage_changed", N_("Stages")),
    "documente": Kind("document.published", N_("Documents")),
    "pachete": Kind("package.received", N_("Packages of proposals")),
    "revendicari": Kind("recommendation.claimed", N_("Claimed proposals")),
    "sprijin": Kind("support.counted", N_("Support")),
    "retrageri": Kind("recommendation.withdrawn", N_("Withdrawn proposals")),
    "ascunderi": Kind("recommendation.hidden", N_("Hidden proposals")),
    "reafisari": Kind("recommendation.shown", N_("Proposals shown again")),
    "contestatii": Kind("appeal.received", N_("Appeals against moderation")),
    "contestatii-decise": Kind("appeal.decided", N_("Decided appeals against moderation")),
    "stergeri": Kind("body.erased", N_("Erased texts")),
    "reguli": Kind("pack.frozen", N_("Rules")),
    "reguli-locale": Kind("local_rule.set", N_("Local rules")),
    "organizatii": Kind("organisation.verified", N_("Organisations")),
    "functionari": Kind("official.appointed", N_("Officials")),
    "functionari-plecati": Kind("official.dismissed", N_("Former officials")),
    "autoritati": Kind("authority.created", N_("Authorities")),
    "bugete": Kind("cycle.announced", N_("Participatory budgets")),
    "bugete-mutate": Kind("cycle.phase_moved", N_("Days of participatory budgets moved")),
    "proiecte": Kind("project.submitted", N_("Projects")),
    "proiecte-retrase": Kind("project.withdrawn", N_("Withdrawn projects")),
    "intrebari-la-verificare": Kind("project.question_asked", N_("Questions of reviewers")),
    "raspunsuri-la-verificare": Kind("project.question_answered", N_("Answers to reviewers")),
    "proiecte-care-se-exclud": Kind("project.conflict_declared", N_("Projects that exclude each other")),
    "realizare": Kind("project.progress", N_("News of projects being carried out")),
    "verificari": Kind("project.reviewed", N_("Reviews of projects")),
    "contestatii-la-verificare": Kind("project.appealed", N_("Appeals against reviews")),
    "contestatii-la-verificare-decise": Kind("project.appeal_decided", N_("Decided appeals against reviews")),
    "alegatori": Kind("voter.admitted", N_("Voters admitted")),
    "coduri-de-vot": Kind("letter_codes.made", N_("Codes for letters made")),
    "liste-de-alegatori": Kind("roll.confirmed", N_("Rolls of voters confirmed")),
    "deschideri-de-vot": Kind("election.opened", N_("Votes opened")),
    "buletine": Kind("ballot.committed", N_("Ballots taken in")),
    "inchideri-de-vot": Kind("election.closed", N_("Votes closed")),
    "chei-de-vot-distruse": Kind("election.key_destroyed", N_("Election keys destroyed")),
    "buletine-hartie": Kind("paper_ballots.listed", N_("Ballots on paper listed")),
    "buletine-deschise": Kind("ballots.opened", N_("Ballots opened")),
    "rezultate": Kind("results.confirmed", N_("Results of votes")),
    "rapoarte": Kind("report.published", N_("Yearly reports")),
    "martori": Kind("witness.added", N_("Witnesses")),
    "martori-retrasi": Kind("witness.removed", N_("Former witnesses")),
    "zile": Kind("digest.published", N_("Digests of the days")),
    "cvorum": Kind("quorum.changed", N_("Quorum of witnesses")),
    "chei": Kind("key.added", N_("Keys")),
    "chei-retrase": Kind("key.retired", N_("Retired keys")),
    "continuari": Kind("log.continued", N_("Continued records")),
}
