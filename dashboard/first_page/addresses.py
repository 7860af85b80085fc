"""All addresses of pages: right ones, those written a little wrong, which lead on, and unknown ones."""

import re
from urllib.parse import urlencode

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.address import url
from dashboard.first_page import compressed
from dashboard.first_page.index_page import document, document_answer, index_page, links_script
from dashboard.first_page.template import FOLDER
from dashboard.language.words import LANGUAGES, say
from dashboard.parts.html import tag
from dashboard.shell.header import brand

STREAMLITS = ("_stcore", "media", "component", "static", "app/static", "auth", "oauth2callback")
ROOT_FILES = tuple(sorted(one.name for one in FOLDER.iterdir() if one.is_file() and one.name != "index.html"))


class Elsewhere(Convertor[str]):
    """Any path that is not Streamlit's own; below the address of a page, too, Streamlit answers for /_stcore."""

    regex = rf"(?!(?:{'|'.join(map(re.escape, (*STREAMLITS, *ROOT_FILES)))})(?:/|$)|.*/_stcore/).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def page(request: Request) -> Response:
    """The index page of a right address; a permanent redirect where the path or a key of the query needs mending."""
    asked, query = request.path_params["path"], request.query_params.multi_items()
    name = mended_path(asked)
    if name is None:
        return unknown(request)
    mended = [(key.removeprefix("amp;"), value) for key, value in query]
    if request.url.path != f"/{name}" or mended != query:
        return RedirectResponse(f"/{name}{'?' if mended else ''}{urlencode(mended)}", status_code=308)
    return index_page(request)


def mended_path(path: str) -> str | None:
    """The path of the page meant ('' for the first): in any case, with a slash or .html; None where there is none."""
    name = path.strip("/").casefold().removesuffix(".html").removesuffix("/")
    if name in ("", "index", url.ORDER[0]):
        return ""
    return name if name in url.ORDER else None


def unknown(request: Request) -> Response:
    """404 in both languages, that of the address first: links to all pages, and how to find a community."""
    lang = request.query_params.get("lang")
    first = lang if lang in LANGUAGES else LANGUAGES[0]
    order = sorted(LANGUAGES, key=lambda one: one != first)
    main = tag("main", *(_not_found(one, level) for level, one in enumerate(order, 1)), cls="fc")
    body = tag("body", tag("div", tag("header", brand(first), cls="fc"), main, id="first"))
    text = document(first, f"{say('unknown.title', first)} · {say('site.short', first)}", body)
    return document_answer(request, compressed.content(text, "text/html"), 404)


def _not_found(lang: str, level: int) -> str:
    links = [
        tag("li", tag("a", say("page." + name, lang), href=url.address(name, {"lang": lang}))) for name in url.ORDER
    ]
    what, search = (tag("p", say(key, lang)) for key in ("unknown.what", "unknown.search"))
    return tag(
        "section",
        tag(f"h{level}", say("unknown.title", lang)),
        what,
        tag("ul", *links, cls="links"),
        search,
        lang=lang,
    )


register_url_convertor("elsewhere", Elsewhere())
ROUTES = [Route("/links.js", links_script), Route("/{path:elsewhere}", page)]
