"""How an entry says a verdict, a stage, a date, a meeting or a result: one sentence for each value."""

from consult.i18n import N_

VERDICTS = {
    "taken_up": N_("Answer to proposal no. %(proposal)s: taken up"),
    "partly": N_("Answer to proposal no. %(proposal)s: partly taken up"),
    "not_taken_up": N_("Answer to proposal no. %(proposal)s: not taken up"),
    "out_of_scope": N_("Answer to proposal no. %(proposal)s: out of scope"),
}
STAGES = {
    "answered": N_("Consultation %(consultation)s: the session returned the draft on %(day)s"),
    "submitted": N_("Consultation %(consultation)s: the draft went on to avizare"),
    "adopted": N_("Consultation %(consultation)s: the draft was adopted on %(day)s"),
    "rejected": N_("Consultation %(consultation)s: the council rejected the draft on %(day)s"),
    "withdrawn": N_("Consultation %(consultation)s: the draft was withdrawn on %(day)s"),
}
DATES = {
    "proposals_until": N_("Consultation %(consultation)s: proposals until %(date)s instead of %(was)s: %(reason)s"),
    "submission_on": N_("Consultation %(consultation)s: avizare on %(date)s instead of %(was)s: %(reason)s"),
}
MEETINGS = {
    "debate": N_("Meeting %(meeting)s announced: a public debate on %(moment)s, %(title)s"),
    "dialogue": N_("Meeting %(meeting)s announced: a dialogue on %(moment)s, %(title)s"),
    "session": N_("Meeting %(meeting)s announced: a session on %(moment)s, %(title)s"),
}
RESULTS = {
    "adopted": N_("Meeting %(meeting)s, item %(item)s: adopted, %(act)s"),
    "amended": N_("Meeting %(meeting)s, item %(item)s: adopted with amendments, %(act)s"),
    "rejected": N_("Meeting %(meeting)s, item %(item)s: rejected"),
    "withdrawn": N_("Meeting %(meeting)s, item %(item)s: withdrawn"),
    "returned": N_("Meeting %(meeting)s, item %(item)s: returned to the initiator"),
}
