"""What holds on every page of ours, whoever wrote it. The reader of the tests checks it on each page it opens."""

from collections import Counter, defaultdict

import httpx
from bs4 import BeautifulSoup, Tag

from web.locale import split

CEDILLAS = "\u015e\u015f\u0162\u0163"
UNSEEN = ("hidden", "submit", "button")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


class Elements:
    """The elements of a page, gone through once: a selector would go through all of them for each rule."""

    def __init__(self, page: BeautifulSoup | Tag) -> None:
        self.all = [element for element in page.descendants if isinstance(element, Tag)]
        self._named = defaultdict(list)
        for tag in self.all:
            self._named[tag.name].append(tag)

    def named(self, *names: str) -> list[Tag]:
        """Return the elements with one of these names."""
        return [tag for name in names for tag in self._named.get(name, ())]


def check_page(response: httpx.Response, html: BeautifulSoup) -> None:
    """Fail, with the address, when a page breaks a rule of the house."""
    elements = Elements(html)
    broken = [
        *head_rules(html, elements, str(response.url.path)),
        *id_rules(elements),
        *label_rules(elements),
        *form_rules(elements),
        *content_policy_rules(elements),
        *header_rules(response),
    ]
    assert not broken, f"{response.url}: " + "; ".join(broken)


def head_rules(html: BeautifulSoup, elements: Elements, path: str) -> list[str]:
    """One heading of the first level, a title, a language that is that of the address."""
    broken = []
    headings = elements.named("h1")
    if len(headings) != 1 or not words(headings[0]):
        broken.append(f"{len(headings)} headings of the first level")
    titles = elements.named("title")
    if not titles or not words(titles[0]):
        broken.append("no title")
    language = next((tag.get("lang") for tag in elements.named("html")), None)
    if language != split(path)[0]:
        broken.append(f"its language is said to be {language}")
    if any(letter in html.get_text() for letter in CEDILLAS):
        broken.append("cedillas instead of commas below")
    broken += [f"no text instead of {image}" for image in elements.named("img") if image.get("alt") is None]
    return broken


def id_rules(elements: Elements) -> list[str]:
    """Ids are unique, and whatever is referred to is there."""
    ids = Counter(str(tag["id"]) for tag in elements.all if "id" in tag.attrs)
    broken = [f"id {name} stands there {times} times" for name, times in ids.items() if times > 1]
    for tag in elements.all:
        for attribute in REFERENCES:
            missing = [name for name in str_of(tag, attribute).split() if name not in ids]
            broken += [f"{attribute}={name} leads nowhere" for name in missing]
    addresses = {str_of(link, "href") for link in elements.named("a")}
    fragments = {address.removeprefix("#") for address in addresses if address.startswith("#")} - {""}
    return broken + [f"the link #{name} leads nowhere" for name in fragments if name not in ids]


def label_rules(elements: Elements) -> list[str]:
    """Every field has a name that is said."""
    labelled = {str_of(label, "for") for label in elements.named("label") if "for" in label.attrs and words(label)}
    return [
        f"no label for {field.get('name')}"
        for field in elements.named("input", "select", "textarea")
        if field.get("type") not in UNSEEN
        and field.get("id") not in labelled
        and not (field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label"))
    ]


def form_rules(elements: Elements) -> list[str]:
    """Forms are sent in a way that works, stay on this site, and have a button with words."""
    broken = []
    for form in elements.named("form"):
        inside = Elements(form)
        action = str_of(form, "action")
        if str_of(form, "method") not in {"", "get", "post"}:
            broken.append(f"the form to {action} is sent by {str_of(form, 'method')}")
        if action and (not action.startswith("/") or action.startswith("//")):
            broken.append(f"a form leads to {action}")
        buttons = [button for button in inside.named("button") if button.get("type", "submit") == "submit"]
        if not buttons or not all(words(button) for button in buttons):
            broken.append(f"the form to {action} has no button with words")
        sends_files = any(field.get("type") == "file" for field in inside.named("input"))
        if sends_files and form.get("enctype") != "multipart/form-data":
            broken.append(f"the form to {action} cannot send its file")
    return broken


def content_policy_rules(elements: Elements) -> list[str]:
    """Nothing is inline, and nothing comes from elsewhere."""
    broken = ["inline style"] if elements.named("style") else []
    scripts = [script for script in elements.named("script") if "src" not in script.attrs]
    broken += ["an inline script" for script in scripts if script.get("type") is None]
    for tag in elements.all:
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
