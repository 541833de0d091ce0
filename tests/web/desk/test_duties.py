"""Confirming at the desk what was done outside these pages, and the public page of all duties."""


def test_a_clerk_confirms_the_notice_board_and_everybody_sees_it(reader, clerk, public, own) -> None:
    page = reader.sign_in(clerk).get(own(public, "indatoriri"))

    form = page.form("Confirm").fill(rule="announcement-at-seat", done_on="2026-10-05", note="La avizier, la intrare.")
    page = form.submit()

    assert page.banner == "It is confirmed, in public and on the record."
    assert "announcement-at-seat" not in {each["value"] for each in page.html.select("input[name=rule]")}
    shown = reader.get(f"/en/consultari/{public.reference}/respectarea-legii")
    (row,) = [each for each in shown.texts("tbody tr") if each.startswith("At the seat")]
    assert "Met 5 October 2026 La avizier, la intrare." in row


def test_a_confirmation_that_says_nothing_is_refused_beside_its_fields(reader, clerk, public, own) -> None:
    page = reader.sign_in(clerk).get(own(public, "indatoriri"))

    page = page.form("Confirm").fill(rule="announcement-at-seat", done_on="2026-10-06", note="").submit(status=422)
    assert page.link(page.errors[0]) == "#note"

    page = page.form("Confirm").fill(note="La avizier.").submit(status=422)
    assert page.errors[0].startswith("Choose a day from 5 October 2026 to 5 October 2026")


def test_every_duty_says_by_which_article_and_leads_to_the_frozen_rule(reader, public) -> None:
    page = reader.get(f"/en/consultari/{public.reference}/respectarea-legii")

    assert page.heading == "How the law was kept"
    laws = [each["href"] for each in page.html.select("tbody td:first-child a")]
    assert laws
    assert all(each.startswith(f"/en/reguli/inghetate/{public.pack_digest}#") for each in laws)
    assert "Not confirmed" in page.text
