"""How people call what happens to a project that is being carried out."""

from consult.budgeting.progress import NewsKind, Works
from consult.i18n import N_

NEWS = {
    NewsKind.DEPARTMENT: N_("A department answers for it"),
    NewsKind.MILESTONE: N_("A step is planned"),
    NewsKind.MOVED: N_("A planned step is late or moved"),
    NewsKind.REACHED: N_("A planned step is done"),
    NewsKind.CONTRACT: N_("A contract was signed"),
    NewsKind.SPENDING: N_("Money was paid"),
    NewsKind.NEWS: N_("Other news"),
    NewsKind.BUILT: N_("It is built"),
    NewsKind.DROPPED: N_("It will not be built"),
}
WORKS = {
    Works.WAITING: N_("Nothing begun"),
    Works.UNDER_WAY: N_("Under way"),
    Works.BUILT: N_("Built"),
    Works.DROPPED: N_("Not carried out"),
}
TONES = {Works.WAITING: "soon", Works.UNDER_WAY: "event", Works.BUILT: "done", Works.DROPPED: "refused"}
