"""Leaving out of a draft what cannot be public, and reading afterwards that it was, and why."""


def test_a_part_is_left_out_with_its_letter_read_before_approval_and_put_back(reader, clerk, waiting, own) -> None:
    page = reader.sign_in(clerk).get(own(waiting, "exceptii"))
    page = page.form("Leave it out").fill(part="Anexa 2", letter="b", reason=" ").submit(status=422)
    assert page.link(page.errors[0]) == "#reason"

    page = page.form("Leave it out").fill(reason="Negocierea nu s-a încheiat.").submit()

    assert page.banner == "The part is left out. Its reason will be public."
    shown = reader.get(own(waiting, "verifica")).text
    assert "Not public: Anexa 2" in shown
    assert "commercial or financial data whose publication harms fair competition" in shown
    page = reader.get(own(waiting, "exceptii")).form("Make it public after all – Anexa 2").submit()
    assert page.banner == "The part will be public."
    assert "Anexa 2" not in page.text
