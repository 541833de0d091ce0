"""How the demo town consults about its budget: the figures of the draft, and what people say about their lines."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.consultations import ConsultationId
from consult.consultations.figure_proposals import FigureProposal, submit_figure_proposal
from consult.consultations.figures import save_figures
from consult.consultations.further_packs import BUDGET, run_under
from consult.consultations.recommendations import RecommendationId
from consult.demo.moderating import Happening, Playing
from consult.demo.town import Consultation
from consult.demo.voices import OnLine
from consult.identity.actors import Actor
from consult.identity.registers import Register, register_key
from consult.library.columns import suggested_unit
from consult.library.sheets import read_rows
from consult.money import BANI_IN_A_LEU, Bani


def prepare_budget(db: Session, consultation_id: ConsultationId, figures: str, *, by: Actor, at: datetime) -> None:
    """Give a draft budget its figures, and say that it runs under the law on local finances as well."""
    unit = suggested_unit(read_rows(figures))
    save_figures(db, consultation_id, text=figures, unit=unit, main=None, edition=0, by=by, at=at)
    run_under(db, consultation_id, pack=BUDGET, applies=True, by=by, at=at)


def speaking_of_figures(play: Playing, draft: Consultation) -> Iterator[Happening]:
    """Yield what was said about the lines of a draft budget, and how it was contested."""
    for said in draft.figures.lines:
        yield play.at(said.day, said.at), lambda at, said=said: _say(play, draft, said, at)


def _say(play: Playing, draft: Consultation, said: OnLine, at: datetime) -> None:
    amount = Bani(said.lei * BANI_IN_A_LEU) if said.to else None
    proposal = FigureProposal(said.of, said.to, amount, said.words.strip(), said.contests, said.address)

    def submit(db: Session) -> RecommendationId:
        by = play.residents.speaker(db, said.by, said.organisation)
        consultation_id = play.consultations[draft.key]
        return submit_figure_proposal(db, consultation_id, proposal=proposal, named=said.named, by=by, at=at).id

    key = register_key(Register.RECOMMENDATIONS, play.residents.authority_id)
    play.database.act_alone(key, submit)
