"""What holds on every page of ours, whoever wrote it. The reader of the tests checks it on each page it opens."""

from collections import Counter

import httpx
from bs4 import BeautifulSoup, Tag

from web.locale import split

CEDILLAS = "\u015e\u015f\u0162\u0163"
UNSEEN = ("hidden", "submit", "button")


def check_page(response: httpx.Response, html: BeautifulSoup) -> None:
    """Fail, with the address, when a page breaks a rule of the house."""
    broken = [
        *head_rules(html, str(response.url.path)),
        *id_rules(html),
        *label_rules(html),
        *form_rules(html),
        *content_policy_rules(html),
        *header_rules(response),
    ]
    assert not broken, f"{response.url}: " + "; ".join(broken)


def head_rules(html: BeautifulSoup, path: str) -> list[str]:
    """One heading of the first level, a title, a language that is that of the address."""
    broken = []
    headings = html.select("h1")
    if len(headings) != 1 or not words(headings[0]):
        broken.append(f"{len(headings)} headings of the first level")
    if html.title is None or not words(html.title):
        broken.append("no title")
    language = html.html.get("lang") if html.html else None
    if language != split(path)[0]:
        broken.append(f"its language is said to be {language}")
    if any(letter in html.get_text() for letter in CEDILLAS):
        broken.append("cedillas instead of commas below")
    broken += [f"no text instead of {image}" for image in html.select("img") if image.get("alt") is None]
    return broken


def id_rules(html: BeautifulSoup) -> list[str]:
    """Ids are unique, and whatever is referred to is there."""
    ids = Counter(str(tag["id"]) for tag in html.select("[id]"))
    broken = [f"id {name} stands there {times} times" for name, times in ids.items() if times > 1]
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for tag in html.select(f"[{attribute}]"):
            missing = [name for name in str_of(tag, attribute).split() if name not in ids]
            broken += [f"{attribute}={name} leads nowhere" for name in missing]
    fragments = {str(link["href"]).removeprefix("#") for link in html.select('a[href^="#"]')} - {""}
    return broken + [f"the link #{name} leads nowhere" for name in fragments if name not in ids]


def label_rules(html: BeautifulSoup) -> list[str]:
    """Every field has a name that is said."""
    labelled = {str_of(label, "for") for label in html.select("label[for]") if words(label)}
    return [
        f"no label for {field.get('name')}"
        for field in html.select("input, select, textarea")
        if field.get("type") not in UNSEEN
        and field.get("id") not in labelled
        and not (field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label"))
    ]


def form_rules(html: BeautifulSoup) -> list[str]:
    """Forms are sent in a way that works, stay on this site, and have a button with words."""
    broken = []
    for form in html.select("form"):
        action = str_of(form, "action")
        if str_of(form, "method") not in {"", "get", "post"}:
            broken.append(f"the form to {action} is sent by {str_of(form, 'method')}")
        if action and (not action.startswith("/") or action.startswith("//")):
            broken.append(f"a form leads to {action}")
        buttons = form.select('button[type="submit"], button:not([type])')
        if not buttons or not all(words(button) for button in buttons):
            broken.append(f"the form to {action} has no button with words")
        if form.select_one('input[type="file"]') and form.get("enctype") != "multipart/form-data":
            broken.append(f"the form to {action} cannot send its file")
    return broken


def content_policy_rules(html: BeautifulSoup) -> list[str]:
    """Nothing is inline, and nothing comes from elsewhere."""
    broken = [f"inline {name}" for name in ("style",) if html.select(name)]
    broken += ["an inline script" for script in html.select("script:not([src])") if script.get("type") is None]
    for tag in html.find_all(True):
        broken += [f"{tag.name} has {name}" for name in tag.attrs if name == "style" or name.startswith("on")]
        for attribute in ("src", "srcset"):
            source = str_of(tag, attribute)
            if source and not source.startswith(("/", "data:")):
                broken.append(f"{tag.name} comes from {source}")
    return broken


def header_rules(response: httpx.Response) -> list[str]:
    """The headers that no page may lack."""
    headers = response.headers
    wanted = {
        "content-type": "text/html; charset=utf-8",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "x-frame-options": "DENY",
    }
    broken = [f"{name} is {headers.get(name)}" for name, value in wanted.items() if headers.get(name) != value]
    if "default-src 'none'" not in headers.get("content-security-policy", ""):
        broken.append("no content policy")
    if "set-cookie" in headers and headers.get("cache-control") != "no-store":
        broken.append("a cookie on a page that may be kept")
    return broken


def words(tag: Tag) -> str:
    """Return what a person reads in an element, with single spaces."""
    return " ".join(tag.get_text(" ").split())


def str_of(tag: Tag, attribute: str) -> str:
    """Return an attribute as text; empty where there is none."""
    value = tag.get(attribute)
    return " ".join(value) if isinstance(value, list) else value or ""
