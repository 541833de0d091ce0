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
#: What happens in a participatory budget, by the type of entry.
BUDGETS = {
    "cycle.announced": N_("Budget %(cycle)s announced: %(title)s"),
    "cycle.phase_moved": N_("Budget %(cycle)s: the days of a phase were moved: %(reason)s"),
    "project.submitted": N_("Budget %(cycle)s: project no. %(number)s received"),
    "project.withdrawn": N_("Budget %(cycle)s: project no. %(number)s withdrawn by its author"),
    "project.question_asked": N_("Budget %(cycle)s: a reviewer asked the author of project no. %(number)s"),
    "project.question_answered": N_("Budget %(cycle)s: the author of project no. %(number)s answered a question"),
    "project.conflict_declared": N_(
        "Budget %(cycle)s: the projects no. %(number)s and no. %(other)s exclude each other: %(reason)s"
    ),
    "project.progress": N_("Budget %(cycle)s: news of project no. %(number)s, which won: %(words)s"),
    "project.appealed": N_("Budget %(cycle)s: the author of project no. %(number)s appealed the review"),
    "voter.admitted": N_("Budget %(cycle)s: somebody proved that they may vote"),
    "letter_codes.made": N_("Budget %(cycle)s: codes for letters to voters made by two officials, %(codes)s"),
    "roll.confirmed": N_(
        "Budget %(cycle)s: a roll of voters was confirmed by a second official; people on it, %(people)s"
    ),
    "election.opened": N_("Budget %(cycle)s: the vote began; voters so far, %(voters)s"),
    "ballot.committed": N_("Budget %(cycle)s: a ballot is in the record, sealed"),
    "election.closed": N_("Budget %(cycle)s: the vote ended; ballots that count, %(ballots)s"),
    "election.key_destroyed": N_("Budget %(cycle)s: the key was destroyed that led from voters to ballots"),
    "paper_ballots.listed": N_(
        "Budget %(cycle)s: the box was opened; ballots on paper that count: %(valid)s, that do not: %(invalid)s"
    ),
    "ballots.opened": N_("Budget %(cycle)s: all ballots opened and published, %(ballots)s"),
    "results.confirmed": N_("Budget %(cycle)s: the results, counted by two officials"),
}
#: What was found of a project, by the verdict and by how an appeal ended.
PROJECTS = {
    "eligible": N_("Budget %(cycle)s: project no. %(number)s found eligible"),
    "not_eligible": N_("Budget %(cycle)s: project no. %(number)s found not eligible, by %(ground)s"),
    "upheld": N_("Budget %(cycle)s: appeal about project no. %(number)s upheld, it is eligible"),
    "refused": N_("Budget %(cycle)s: appeal about project no. %(number)s refused, it stays not eligible"),
}
