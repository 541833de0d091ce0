from hypothesis import given, settings
from hypothesis import strategies as st

from consult.consultations.comparison import ArticleChange, Changes, State, compare
from consult.consultations.parsing import parse
from consult.consultations.tracked_changes import Mark
from tests.consultations.drafts import AMENDING, DECISION, act
from tests.tiers import examples

ONE = "Consiliul aprobă programul anual de salubrizare al municipiului."
TWO = "Operatorul colectează deșeurile reciclabile de două ori pe săptămână."
THREE = "Amenzile se aplică de agenții constatatori împuterniciți de primar."
NEW = "Cetățenii pot sesiza depozitările ilegale printr-un formular electronic."


def changes(old: str, new: str) -> Changes:
    return compare(parse(old).elements, parse(new).elements)


def draft(*articles: str) -> str:
    return "\n".join(f"Art. {number} {words}" for number, words in enumerate(articles, start=1))


def the_one(old: str, new: str) -> ArticleChange:
    (change,) = changes(old, new).changed
    return change


def became(difference: Changes) -> dict[str, str]:
    """The new key of each provision that is still there, by its old one."""
    parts = [part for article in difference.articles for part in article.parts]
    return {part.old.key: part.new.key for part in parts if part.old and part.new}


def touched_in(changes: Changes) -> set[str]:
    return {part.here.key for part in changes.touched}


def test_a_version_compared_with_itself_has_not_changed() -> None:
    same = changes(DECISION, DECISION)

    assert same.changed == ()
    assert touched_in(same) == set()
    assert same.count(State.SAME) == len(same.articles)


def test_an_edited_article_keeps_its_place_and_shows_its_words() -> None:
    change = the_one(draft(ONE, TWO, THREE), draft(ONE, TWO.replace("două", "trei"), THREE))

    assert (change.state, change.here.key, change.renumbered, change.moved) == (State.CHANGED, "art-2", False, False)
    (part,) = change.parts
    assert [(segment.mark, segment.text) for segment in part.segments][1:3] == [
        (Mark.REMOVED, "două"),
        (Mark.ADDED, "trei"),
    ]


def test_only_the_paragraph_that_was_edited_is_marked() -> None:
    text = f"Art. 1 Titlu\n(1) {ONE}\n(2) {TWO}\n(3) {THREE}"

    difference = changes(text, text.replace("două", "trei"))

    assert touched_in(difference) == {"art-1", "art-1-alin-2"}
    states = [(part.here.key, part.state) for part in difference.changed[0].parts]
    assert states == [
        ("art-1", State.SAME),
        ("art-1-alin-1", State.SAME),
        ("art-1-alin-2", State.CHANGED),
        ("art-1-alin-3", State.SAME),
    ]


def test_an_inserted_article_renumbers_the_others_without_changing_them() -> None:
    difference = changes(draft(ONE, TWO, THREE), draft(ONE, NEW, TWO, THREE))

    assert [(each.here.key, each.state, each.renumbered) for each in difference.changed] == [
        ("art-2", State.ADDED, False),
        ("art-3", State.SAME, True),
        ("art-4", State.SAME, True),
    ]
    assert became(difference) == {"art-1": "art-1", "art-2": "art-3", "art-3": "art-4"}
    assert touched_in(difference) == {"art-2"}


def test_a_renumbered_article_is_known_again_though_it_was_edited() -> None:
    edited = TWO.replace("de două ori pe săptămână", "zilnic, pe săptămână")

    difference = changes(draft(ONE, TWO, THREE), draft(NEW, ONE, edited, THREE))

    assert became(difference) == {"art-1": "art-2", "art-2": "art-3", "art-3": "art-4"}
    assert [each.state for each in difference.articles] == [State.ADDED, State.SAME, State.CHANGED, State.SAME]


def test_an_article_struck_out_stands_where_it_was() -> None:
    difference = changes(draft(ONE, TWO, THREE), draft(ONE, THREE))

    assert [(each.state, each.here.body) for each in difference.articles] == [
        (State.SAME, ONE),
        (State.REMOVED, TWO),
        (State.SAME, THREE),
    ]
    assert "art-2" not in became(difference)
    assert touched_in(difference) == {"art-2"}


def test_an_article_that_went_elsewhere_is_moved_and_not_struck_out() -> None:
    difference = changes(draft(ONE, TWO, THREE, NEW), draft(NEW, ONE, TWO, THREE))

    assert [(each.here.key, each.moved) for each in difference.articles] == [
        ("art-1", True),
        ("art-2", False),
        ("art-3", False),
        ("art-4", False),
    ]
    assert {each.state for each in difference.articles} == {State.SAME}


def test_an_article_that_moved_to_another_chapter_with_another_number_and_other_words_is_one_article() -> None:
    old = f"Capitolul I Reguli\nArt. 1. {ONE}\nArt. 2. {TWO}\nCapitolul II Sancțiuni\nArt. 3. {THREE}\nArt. 4. {NEW}"
    moved = TWO.replace("de două ori", "de trei ori")
    new = f"Capitolul I Reguli\nArt. 1. {ONE}\nCapitolul II Sancțiuni\nArt. 2. {THREE}\nArt. 3. {NEW}\nArt. 4. {moved}"

    difference = changes(old, new)

    assert became(difference)["art-2"] == "art-4"
    assert {change.here.key: (change.state, change.renumbered, change.moved) for change in difference.changed} == {
        "art-2": (State.SAME, True, False),
        "art-3": (State.SAME, True, False),
        "art-4": (State.CHANGED, True, True),
    }
    assert difference.count(State.ADDED) == difference.count(State.REMOVED) == 0


def test_a_table_between_two_versions_is_one_provision_that_changed() -> None:
    table = "| Zona | Taxa |\n| --- | --- |\n| A | 5 lei |"

    difference = changes(draft(f"{ONE}\n{table}", TWO), draft(f"{ONE}\n{table.replace('5', '7')}", TWO))

    assert touched_in(difference) == {"art-1", "art-1-tabel-1"}


def test_an_article_rewritten_under_its_number_is_still_that_article() -> None:
    change = the_one(draft(ONE, TWO), draft(ONE, NEW))

    assert change.state is State.CHANGED
    assert change.old is not None
    assert (change.old.body, change.here.body) == (TWO, NEW)


def test_letters_that_moved_up_are_known_by_their_words() -> None:
    old = f"Art. 1 Sunt:\na) {ONE}\nb) {TWO}\nc) {THREE}"
    new = f"Art. 1 Sunt:\na) {TWO}\nb) {THREE}"

    change = the_one(old, new)

    assert [(part.here.body, part.state, part.renumbered) for part in change.parts] == [
        ("Sunt:", State.SAME, False),
        (ONE, State.REMOVED, False),
        (TWO, State.SAME, True),
        (THREE, State.SAME, True),
    ]


def test_words_that_only_flow_into_other_lines_have_not_changed() -> None:
    assert changes(draft(ONE), draft(ONE.replace(" anual ", " anual\n   "))).changed == ()


def test_the_heading_of_a_chapter_is_compared_too() -> None:
    change = the_one(f"CAPITOLUL I Obiect\n{draft(ONE)}", f"CAPITOLUL I Obiect și scop\n{draft(ONE)}")

    assert change.here.key == "cap-1"
    assert change.parts[0].segments[-1].text == " și scop"


def test_short_articles_with_the_same_words_are_told_apart_by_their_numbers() -> None:
    assert changes(draft("Abrogat.", ONE, "Abrogat."), draft("Abrogat.", ONE, "Abrogat.")).changed == ()


def test_a_first_version_is_all_new_and_a_last_one_all_gone() -> None:
    elements = parse(draft(ONE, TWO)).elements

    assert [each.state for each in compare([], elements).articles] == [State.ADDED, State.ADDED]
    assert [each.state for each in compare(elements, []).articles] == [State.REMOVED, State.REMOVED]


@settings(database=None, deadline=None, max_examples=examples(60))
@given(st.sampled_from([act("153210.txt"), act("15202.txt"), DECISION, AMENDING]), st.data())
def test_every_provision_of_both_versions_appears_once_with_all_its_words(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    kept = data.draw(st.lists(st.sampled_from(range(len(lines))), unique=True, min_size=1))
    new = parse("\n".join(lines[at] for at in sorted(kept)))
    old = parse(text)

    parts = [part for article in compare(old.elements, new.elements).articles for part in article.parts]

    assert sorted(part.old.key for part in parts if part.old) == sorted(element.key for element in old.elements)
    assert [part.new.key for part in parts if part.new] == [element.key for element in new.elements]
    for part in parts:
        shown = "".join(segment.text for segment in part.segments if segment.mark is not Mark.REMOVED)
        assert shown.split() == (f"{part.new.heading} {part.new.body}".split() if part.new else [])
