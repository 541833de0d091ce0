"""The rules that hold on every page are noticed when one is broken."""

import httpx
import pytest
from bs4 import BeautifulSoup

from tests.web.rules import check_page
from web.headers import ALWAYS

GOOD = """<!doctype html><html lang="ro"><head><title>Note – Izvoru</title></head><body>
<a href="#main">Sari</a><main id="main"><h1>Note</h1>
<form method="post" action="/note"><label for="a">A</label><input id="a" name="a"><input type="hidden" name="k">
<button type="submit">Trimite</button></form></main></body></html>"""


def check(html: str, *, path: str = "/note", **headers: str) -> None:
    said = {name.decode(): value.decode() for name, value in ALWAYS.items()}
    said |= {"content-type": "text/html; charset=utf-8"} | {name.replace("_", "-"): headers[name] for name in headers}
    response = httpx.Response(200, text=html, headers=said, request=httpx.Request("GET", f"http://izvoru.test{path}"))
    check_page(response, BeautifulSoup(html, "html.parser"))


def test_a_page_that_keeps_every_rule_passes() -> None:
    check(GOOD)
    check(GOOD.replace('lang="ro"', 'lang="en"'), path="/en/note")


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("<h1>Note</h1>", "", "0 headings"),
        ("<h1>Note</h1>", "<h1>Note</h1><h1>Note</h1>", "2 headings"),
        ("<h1>Note</h1>", "<h1> </h1>", "1 headings"),
        ("Note – Izvoru", " ", "no title"),
        ('lang="ro"', 'lang="en"', "its language is said to be en"),
        ("<h1>Note</h1>", "<h1>Note \u015fi</h1>", "cedillas"),
        ("<h1>Note</h1>", '<h1>Note</h1><img src="/a.png">', "no text instead"),
        ("<h1>Note</h1>", '<h1 id="main">Note</h1>', "id main stands there 2 times"),
        ('href="#main"', 'href="#mian"', "#mian leads nowhere"),
        ('<input id="a"', '<input id="a" aria-describedby="a-hint"', "aria-describedby=a-hint leads nowhere"),
        ('<label for="a">A</label>', "", "no label for a"),
        ('<label for="a">A</label>', '<label for="a"></label>', "no label for a"),
        ('method="post"', 'method="dialog"', "is sent by dialog"),
        ('action="/note"', 'action="https://evil.example/"', "a form leads to"),
        ('action="/note"', 'action="//evil.example/"', "a form leads to"),
        ("Trimite", "", "has no button with words"),
        ('<input id="a"', '<input type="file" id="a"', "cannot send its file"),
        ("<h1>Note</h1>", '<h1 style="color: red">Note</h1>', "h1 has style"),
        ("<h1>Note</h1>", '<h1 onclick="alert()">Note</h1>', "h1 has onclick"),
        ("<h1>Note</h1>", "<h1>Note</h1><script>alert()</script>", "an inline script"),
        ("<h1>Note</h1>", "<style>h1 {}</style><h1>Note</h1>", "inline style"),
        ("<h1>Note</h1>", '<h1>Note</h1><script src="https://cdn.example/a.js"></script>', "script comes from"),
    ],
)
def test_a_page_that_breaks_a_rule_is_noticed(good: str, bad: str, said: str) -> None:
    assert good in GOOD

    with pytest.raises(AssertionError, match=said):
        check(GOOD.replace(good, bad))


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"content_security_policy": "default-src *"}, "no content policy"),
        ({"x_content_type_options": ""}, "x-content-type-options is"),
        ({"content_type": "text/html"}, "content-type is"),
        ({"cache_control": "public", "set_cookie": "a=b"}, "a cookie on a page that may be kept"),
    ],
)
def test_a_header_that_is_missing_is_noticed(headers: dict[str, str], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        check(GOOD, **headers)
