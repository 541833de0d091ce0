"""Each work at the desk: what its button says, and the page on which it is done."""

from consult import links
from consult.consultations.due import Due, Work
from consult.i18n import N_

ACTIONS = {
    Work.APPROVE: N_("Check and approve"),
    Work.FINISH: N_("Continue with what is missing"),
    Work.REQUEST: N_("Check and ask for approval"),
    Work.AWAIT: N_("See what waits for approval"),
    Work.CLOSING: N_("Read and answer the proposals"),
    Work.ANSWER: N_("Answer the proposals"),
    Work.PUBLISH: N_("Check and publish the answers"),
    Work.IMPROVE: N_("Write the next version"),
    Work.SUBMIT: N_("Submit for avizare"),
    Work.SESSION: N_("Announce the session"),
    Work.OUTCOME: N_("Say the outcome"),
    Work.DEBATE: N_("See the steps"),
    Work.TELL: N_("Confirm the other channels of the announcement"),
    Work.REPLY: N_("Set the debate, or answer why not"),
}
NOTHING_YET = N_("See it as the public does")
PARTS = {
    Work.APPROVE: "verifica",
    Work.REQUEST: "verifica",
    Work.AWAIT: "verifica",
    Work.CLOSING: "propuneri",
    Work.ANSWER: "propuneri",
    Work.PUBLISH: "raspunsuri/publica",
    Work.IMPROVE: "versiune/verifica",
    Work.SUBMIT: "pasi/avizare",
    Work.OUTCOME: "pasi/rezultat",
    Work.DEBATE: "pasi",
    Work.TELL: "indatoriri",
    Work.REPLY: "pasi",
}


def action_of(due: Due) -> str:
    """Return the words of the button for what is due; while nobody has said anything there is nothing to answer."""
    return NOTHING_YET if _is_silent(due) else ACTIONS[due.work]


def place_of(due: Due) -> str:
    """Return the address of the form that does what is due; of a draft, the first part that is missing."""
    if _is_silent(due):
        return links.consultation(due.consultation.reference, due.consultation.title)
    if due.work is Work.SESSION:
        return links.new_session(due.consultation.id)
    part = due.missing[0].step if due.work is Work.FINISH else PARTS[due.work]
    return links.desk_consultation(due.consultation.id, part)


def _is_silent(due: Due) -> bool:
    return due.work is Work.CLOSING and not due.count
