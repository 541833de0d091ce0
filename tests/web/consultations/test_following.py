"""Following a consultation on its page: with an account by a button, without one by a confirmed address."""

from consult.consultations.debates import announce_debate
from consult.mail.kinds import ConsultationStep
from consult.meetings.meetings import Notice
from tests.factories import NOW, a_citizen
from tests.identity.letters import letters, token_in

ION = "ion@posta.example"


def test_without_an_account_a_confirmed_address_is_written_to_until_it_leaves(reader, town) -> None:
    consultation = town.publish()
    page = reader.get(f"/en/consultari/{consultation.reference}/urmareste")
    assert page.form("Follow it").fill(email="ion").submit(status=422).errors
    assert page.form("Follow it").fill(email=ION).submit().heading == "Look into your mailbox"
    token = token_in(town.database.read(letters)[-1])

    page = reader.get(f"/en/consultari/{consultation.reference}/urmareste/confirma/{token}")
    assert ION in page.text
    page = page.form("Yes, write to me").submit()
    assert page.banner == "You follow this consultation: we write to you at each step."

    notice = Notice(NOW.replace(day=NOW.day + 2), "Sala Mare")
    town.database.act(announce_debate, consultation.id, notice=notice, by=town.contact, at=NOW)
    [told] = [each for each in town.database.read(letters) if isinstance(each.letter, ConsultationStep)]
    assert (told.to, told.letter.happened) == (ION, "debate")

    left = reader.get(told.letter.leave.replace("/urmarire", "/en/urmarire")).form("Send me no more letters").submit()
    assert left.heading == "The letters have ended"
    assert reader.get("/en" + told.letter.leave).heading == "The letters have ended"


def test_whoever_is_signed_in_follows_by_a_button_and_stops_by_another(reader, town) -> None:
    consultation = town.publish()
    citizen = town.database.act(a_citizen)
    page = reader.sign_in(citizen).get(f"/en/consultari/{consultation.reference}/urmareste")

    page = page.form("Follow it").submit()
    assert page.banner == "You follow this consultation: we write to you at each step."
    assert f"The letters go to {citizen.email}." in page.text

    page = page.form("No more letters about it").submit()
    assert page.banner == "You get no more letters about this consultation."
