"""The index page of each address: its language, title, question, answer and first figures before any script."""

import base64
import hashlib
import json
import logging
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from streamlit import config

from dashboard import data
from dashboard.address import url
from dashboard.answers.page_indicators import CHOICES
from dashboard.compare import choices
from dashboard.first_page import compressed
from dashboard.first_page.template import template
from dashboard.language import figure_text
from dashboard.language.words import LANGUAGES, say
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept_up_to
from dashboard.parts.html import tag
from dashboard.shell.header import head, title
from dashboard.view import View

SHEET = Path(__file__).resolve().parent.parent / "static" / "style.css"
KEPT = 400  # index pages, about 60 kB each with their twins
HERE = Path(__file__).parent
log = logging.getLogger("dashboard")


def index_page(request: Request) -> Response:
    """The page at an address; where its figures cannot be read, the same without them: the application says why."""
    page = request.url.path.strip("/") or url.FIRST_PAGE
    query = dict(request.query_params)
    lang = query["lang"] if query.get("lang") in LANGUAGES else LANGUAGES[0]
    try:
        view, notices = url.read(query, page, _choices(page), lang)
        told = tuple((key, tuple(values.items())) for key, values in notices)
        shown = _content(view, url.known_parts(query), told, _offers_english(request, view))
    except data.Unavailable:
        shown = _document(page, lang)
    except Exception:
        log.exception("first page of %s", request.url.path)
        shown = _document(page, lang)
    return document_answer(request, shown)


def document_answer(request: Request, shown: compressed.Content, status: int = 200) -> Response:
    """A document of ours as an answer: asked for anew at each visit, and under the policy."""
    named = {"content_security_policy": policy(), "referrer_policy": "no-referrer"}
    return compressed.answer(request.method, request.headers, shown, status, cache_control="no-cache", **named)


def _choices(page: str) -> tuple[str, ...]:
    """The indicators that an address of the page may name."""
    return CHOICES.get(page) or (choices.possible() if page == "compare" else tuple(data.registry()))


def _offers_english(request: Request, view: View) -> bool:
    """As dashboard/address/visitor.py has it, from what a browser says before any script."""
    asked = request.headers.get("accept-language", "").lower().startswith("en")
    return asked and view.lang == "uk" and "lang" not in request.query_params


@kept_up_to(KEPT)
def _content(view: View, query: tuple, notices: tuple, english: bool) -> compressed.Content:
    """The document of a view."""
    from dashboard.first_page.opening import opening  # charts can be kept only once Streamlit's runtime exists

    mark = figure_text.training_mark()
    said = [html.note(say(key, view.lang, **dict(values))) for key, values in notices]
    band = tag("div", html.training(mark, view.lang), cls="st-key-training") if mark else html.NOTHING
    waiting = tag("p", say("first.waiting", view.lang), cls="note", role="status", hidden="")
    without = tag("noscript", html.note(say("first.without_scripts", view.lang)))
    main = tag("main", *said, opening(view), waiting, without, cls="fc")
    above, _ = url.read(dict(query), view.page, (), view.lang)  # as the bar reads the address
    first = tag("div", band, tag("div", head(above, query, english), cls="fc"), main, id="first")
    return _document(view.page, view.lang, first, mark)


def _document(page: str, lang: str, first: Markup = html.NOTHING, mark: str = "") -> compressed.Content:
    """The document: what can be read, then Streamlit's root, then all that it loads."""
    loaded = template()
    modules = [_link("modulepreload", path) for path in (*loaded.modules, *loaded.next_modules)]
    body = tag(
        "body",
        first,
        tag("div", id="root"),
        html.verbatim("script", script()),
        tag("script", src=f"/links.js?v={links().digest[:12]}", defer=""),
        _link("stylesheet", loaded.sheet),
        tag("script", type="module", crossorigin="", src=loaded.script),
        _link("preload", loaded.font, type="font/woff2", **{"as": "font"}),
        *modules,
    )
    return compressed.Content(document(lang, title(page, lang, mark), body).encode(), "text/html")


def _link(rel: str, path: str, **attributes: str) -> Markup:
    return tag("link", rel=rel, crossorigin="", href=path, **attributes)


def document(lang: str, name: str, body: Markup) -> Markup:
    """An HTML document in our style."""
    head = tag(
        "head",
        tag("meta", charset="UTF-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("link", rel="icon", type="image/svg+xml", href="/app/static/sign.svg"),
        tag("title", name),
        html.verbatim("style", style()),
    )
    return html.document(lang, head, body)


@lru_cache(maxsize=1)
def style() -> str:
    """Our style sheet, and what holds until the application has drawn."""
    return SHEET.read_text("utf-8") + (HERE / "first_page.css").read_text("utf-8")


@lru_cache(maxsize=1)
def script() -> str:
    """The only script in the page; it hands Streamlit what it would ask /_stcore/host-config for."""
    host = {
        "allowedOrigins": list(config.get_option("client.allowedOrigins")),
        "useExternalAuthToken": False,
        "enableCustomParentMessages": False,
        "enforceDownloadInNewTab": False,
        "metricsUrl": "",
        "blockErrorDialogs": False,
        "resourceCrossOriginMode": None,
    }
    return (HERE / "first_page.js").read_text("utf-8").replace("__HOST_CONFIG__", json.dumps(host))


@lru_cache(maxsize=1)
def links() -> compressed.Content:
    """The script that follows links, choices and the search."""
    paths = json.dumps([url.path(page) for page in url.ORDER])
    return compressed.content((HERE / "links.js").read_text("utf-8").replace("__PAGES__", paths), "text/javascript")


def links_script(request: Request) -> Response:
    """The same as an answer; its address names its content, so that a browser keeps it."""
    kept = "public, max-age=31536000, immutable"
    return compressed.answer(request.method, request.headers, links(), cache_control=kept)


@lru_cache(maxsize=1)
def policy() -> str:
    """The content security policy: nothing from elsewhere, and of scripts in the page only those known here."""
    ours = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' blob: 'sha256-{ours}'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "media-src 'self'; manifest-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'self'"
    )
