"""How people call what ties them to the place."""

from consult.i18n import N_
from consult.policy.voting_rules import Link

LINKS = {
    Link.DOMICILE: N_("My domicile is here"),
    Link.RESIDENCE: N_("I reside here"),
    Link.WORK: N_("I work here"),
    Link.STUDY: N_("I study here"),
}
