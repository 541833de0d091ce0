"""How the phases of a cycle are called, for the public and at the desk."""

from collections.abc import Mapping

from consult.budgeting.phases import Phase
from consult.i18n import N_

PHASE_NAMES: Mapping[Phase, str] = {
    Phase.SUBMISSION: N_("Proposals"),
    Phase.REVIEW: N_("Review"),
    Phase.APPEALS: N_("Appeals"),
    Phase.VOTING: N_("Vote"),
    Phase.CHALLENGES: N_("Results and challenges"),
    Phase.IMPLEMENTATION: N_("Carrying out"),
}
