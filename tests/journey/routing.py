"""How the officials of the lived-in town share their work: a department, templates, notes, drafts that wait."""

from datetime import timedelta

from sqlalchemy.orm import Session

from consult.consultations.alike import keep_group
from consult.consultations.answer_approval import return_answers
from consult.consultations.answer_templates import keep_template
from consult.consultations.assignments import Hands, assign
from consult.consultations.consultations import Consultation
from consult.consultations.contact_register import export_register
from consult.consultations.dealings import write_note
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.identity.actors import Actor
from consult.identity.departments import found_department
from tests.factories import NOW, a_recommendation

ALIKE = ("Taxa de parcare e prea mare pentru pensionari.", "Taxa de parcare, prea mare pentru pensionarii orașului!")


def share_work(
    db: Session, consultation: Consultation, officials: dict[str, Actor], sayers: list[Actor]
) -> dict[str, object]:
    """Give what is about an article to a department, whose draft comes back once; return the names in addresses."""
    contact, authority_id = officials["contact"], consultation.authority_id
    expert = officials["expert"]
    department = found_department(
        db, authority_id, name="Direcția Taxe", members=[expert.person_id], by=officials["administrator"]
    )
    template = keep_template(
        db, authority_id, title="Nu se preia", words="Nu se preia, deoarece [motivul].", by=contact, at=NOW
    )
    at = consultation.opens_at
    assert at is not None
    for words, sayer in zip(ALIKE, sayers, strict=False):
        a_recommendation(db, consultation, provision_key="art-4", wording=words, by=sayer, at=at + timedelta(days=1))
    said = [
        a_recommendation(db, consultation, provision_key="art-3", by=sayer, at=at + timedelta(days=1))
        for sayer in sayers[:3]
    ]
    until = local_day(NOW) + timedelta(days=4)
    to = Hands(department_id=department.id)
    assign(db, consultation.id, articles=["art-3"], to=to, due_on=until, by=contact, at=NOW)
    write_note(db, said[0].id, words="Am cerut costul de la contabilitate.", by=expert, at=NOW)
    for each in said[:2]:
        facts = {"verdict": Verdict.PARTLY, "reason": "Se preia în parte."}
        draft_answers(db, consultation.id, recommendation_ids=[each.id], **facts, by=expert, at=NOW)
    return_answers(db, consultation.id, recommendation_ids=[said[0].id], note="Spuneți care parte.", by=contact, at=NOW)
    keep_group(db, consultation.id, recommendation_ids=[each.id for each in said[1:]], by=contact)
    export_id = export_register(
        db, authority_id, NOW.year, purpose="Controlul prefectului, adresa 1204", by=contact, at=NOW
    )
    return {
        "department": department.id,
        "template": template.id,
        "routed": said[0].reference,
        "export": f"{export_id}.csv",
    }
