"""Things that tests need and do not speak of: legal ones, unless a test says otherwise.

Each function adds its thing to the session and returns it; actors come ready to act.
"""

from tests.factories.budgeting import an_announced_cycle
from tests.factories.consultations import (
    DRAFT,
    NOW,
    a_consultation_in_analysis,
    a_draft_ready_for_approval,
    a_recommendation,
    an_open_consultation,
)
from tests.factories.meetings import a_debate, a_debate_held, a_notice, a_session
from tests.factories.people import a_citizen, a_member_of, an_authority, an_official, an_organisation

__all__ = [
    "DRAFT",
    "NOW",
    "a_citizen",
    "a_consultation_in_analysis",
    "a_debate",
    "a_debate_held",
    "a_draft_ready_for_approval",
    "a_member_of",
    "a_notice",
    "a_recommendation",
    "a_session",
    "an_announced_cycle",
    "an_authority",
    "an_official",
    "an_open_consultation",
    "an_organisation",
]
