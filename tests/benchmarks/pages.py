"""The pages that are measured, and what each may cost however much there is in the town."""

import gzip
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count, repeat

from consult import links
from tests.benchmarks.codes import CHAPTER
from tests.benchmarks.faces import Asked, Face, Request
from tests.benchmarks.towns import ARTICLE, PASSWORD, Town

STATEMENTS = 10
MILLISECONDS = 5.0
CACHED_MILLISECONDS = 1.0
#: A chapter of a long code.
LONG_MILLISECONDS = 25.0
#: What a page of a town a hundred times as large may cost, as a multiple.
GROWTH = 1.2
#: The first page with everything that it needs, compressed, headers included.
FIRST_VISIT = 30_000

Asks = Callable[[Face], Asked]


@dataclass(frozen=True)
class Page:
    """A page as the table names it. `milliseconds`: its goal; None where slowness is the purpose.

    `bound`: up to where it is dearer in a larger town, if it is, and why.
    """

    name: str
    asks: Asks
    milliseconds: float | None = MILLISECONDS
    bound: str = ""


def page(path: Callable[[Town], str]) -> Asks:
    """Ask for one address, again and again."""

    def asks(face: Face) -> Asked:
        return Asked(repeat(Request(path(face.town))))

    return asks


#: No proposal is like another: nobody may send the same twice.
NUMBERS = count()


def proposals(face: Face) -> Iterator[Request]:
    """Send proposals on one article, each by somebody else."""
    town = face.town
    for number in NUMBERS:
        form = {
            "key": secrets.token_urlsafe(16),
            "step": "send",
            "kind": "change",
            "provision": ARTICLE,
            "wording": f"Contractele se semnează în {number + 2} zile de la publicarea rezultatelor.",
            "reason": "Fără un termen, asociațiile nu știu când pot începe.",
            "acting_for": "",
        }
        yield Request(links.propose(town.discussed.reference), form, token=town.tokens[number % len(town.tokens)])


def sign_ins(face: Face) -> Iterator[Request]:
    """Give the password, each time somebody else from elsewhere."""
    for number, mailbox in enumerate(face.town.mailboxes):
        form = {"email": mailbox, "password": PASSWORD, "kept": "", "next": ""}
        yield Request(links.SIGN_IN, form, address=f"203.0.{number // 250}.{number % 250}")


def confirmation(face: Face) -> Asked:
    """Look at the page that confirms what was received."""
    town = face.town
    return Asked(repeat(Request(links.confirmation(town.discussed.reference, town.sent), token=town.tokens[0])))


PAGES = (
    Page("home", page(lambda _: links.HOME)),
    Page("list of consultations", page(lambda _: links.consultations())),
    Page("list, searched", page(lambda _: links.consultations(words="parcările reședință"))),
    Page("consultation", page(lambda town: links.consultation(town.discussed.reference, town.discussed.title))),
    Page("consultation, answered", page(lambda town: links.consultation(town.answered.reference, town.answered.title))),
    Page("text, 42 articles", page(lambda town: links.draft_text(town.discussed.reference))),
    Page("code, first chapter", page(lambda town: links.draft_text(town.code.reference)), LONG_MILLISECONDS),
    Page(
        "code, chapter with proposals",
        page(lambda town: links.draft_text(town.code.reference, view="propuneri", part=9)),
        LONG_MILLISECONDS,
    ),
    Page("code, article", page(lambda town: links.article(town.code.reference, f"art-{CHAPTER[9]}"))),
    Page(
        "code, searched", page(lambda town: links.search(town.code.reference, "parcări sancțiune")), LONG_MILLISECONDS
    ),
    Page(
        "code, proposals searched",
        page(lambda town: links.search(town.code.reference, "vede zi", where="propuneri")),
        LONG_MILLISECONDS,
    ),
    Page(
        "code, in vain",
        page(lambda town: links.search(town.code.reference, "girafe", where="propuneri")),
        LONG_MILLISECONDS,
        # To erase people's words is one deletion, since no index keeps them; so they are read.
        bound="340 proposals are read in the small town; at most 1,000 a request however many there are",
    ),
    Page("code, register", page(lambda town: links.register(town.code.reference))),
    Page("article, 100 proposals", page(lambda town: links.article(town.discussed.reference, ARTICLE))),
    Page("register of 50, first page", page(lambda town: links.register(town.answered.reference))),
    Page(
        "register of 50, last page",
        page(lambda town: links.register(town.answered.reference, after=town.last_page)),
    ),
    Page("recommendation", page(lambda town: links.recommendation(town.answered.reference, town.recommendation))),
    Page(
        "answers",
        page(lambda town: links.responses(town.answered.reference)),
        bound="12 proposals are named for each answer in the small town; at most 30 however many there are",
    ),
    Page("changes between versions", page(lambda town: links.changes(town.answered.reference))),
    Page("public record", page(lambda _: links.RECORD)),
    # Four reads (who asks, the consultation, the text, what is known of the author) and six writes, each of a fact in a
    # table of its own. Who has no name in the record of a consultation yet is given one by two more.
    Page("proposal, sent (POST)", lambda face: Asked(proposals(face), status=303)),
    Page("proposal, confirmed", confirmation),
    Page("sign-in page", page(lambda _: links.SIGN_IN)),
    Page("password (POST, argon2id)", lambda face: Asked(sign_ins(face), status=303), milliseconds=None),
)


async def cached(face: Face) -> dict[str, Asked]:
    """Return what is asked of a face whose copies are fresh: a page that was just made, and one that a browser has."""
    article = Request(links.article(face.town.discussed.reference, ARTICLE))
    etag = (await face.ask(article)).header("etag")
    return {
        "article, cached": Asked(repeat(article)),
        "article, not modified (304)": Asked(repeat(replace(article, etag=etag)), status=304),
    }


async def first_visit(face: Face) -> dict[str, int]:
    """Return what a browser receives to show the front page for the first time: each address with its bytes."""
    home = await face.ask(Request(links.HOME))
    html = gzip.decompress(home.body).decode()
    head = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*? (?:href|src)="([^"]+)"', html)
    found = {links.HOME: home.size_with_headers}
    for address in dict.fromkeys(head):
        answer = await face.ask(Request(address))
        assert answer.status == 200, f"{address}: {answer.status}"
        found[address] = answer.size_with_headers
    return found
