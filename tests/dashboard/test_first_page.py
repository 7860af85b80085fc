"""What a browser gets before the application runs: index pages, compressed files, wrong addresses."""

import gzip
import http.client
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import brotli
import pytest

from dashboard import data
from dashboard.address.url import ORDER
from dashboard.answers.page_indicators import CHOICES, HEADLINES
from dashboard.first_page import compressed, template
from dashboard.first_page.addresses import mended_path
from dashboard.first_page.static_files import _files
from dashboard.shell.header import title
from tests.support.pages import PAGES, opened, words_of

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
MOST_BYTES = 2_800_000  # of a first visit
PLACES = {"": "", "oblast": "UA74", "hromada": "UA6312027"}


def ask(url: str, address: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer of a running dashboard, redirects not followed, and its body as it travelled."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    connection.request(method, address, headers={key.replace("_", "-"): value for key, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def page_at(url: str, address: str) -> str:
    answer, body = ask(url, address)
    assert answer.status == 200
    return body.decode()


def text(html: str) -> str:
    """What a reader sees of a piece of HTML, with plain spaces."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append
    parser.feed(html)
    return re.sub(r"\s+", " ", " ".join(found)).strip()


def head_of(html: str) -> tuple[str, list[str]]:
    """The first heading and the values on cards, as text."""
    values = re.findall(r'<p class="value[^"]*">(.*?)</p>', html)
    return text(re.search("<h1>(.*?)</h1>", html)[1]), [text(one) for one in values]


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0.5", "gzip"),
        ("gzip;q=0, br;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("GZIP", "gzip"),
        ("br;q=x", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_encoding_is_negotiated(header, best):
    assert compressed.accepted(header) == best


@pytest.mark.parametrize("encoding", ["br", "gzip", None])
def test_scripts_travel_compressed_and_arrive_as_they_were(dashboard_url, encoding):
    loaded = template.template()
    accepts = {"Accept_Encoding": encoding} if encoding else {}
    for path in (loaded.script, loaded.sheet, *loaded.next_modules[:4]):
        answer, body = ask(dashboard_url, path, **accepts)
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == (encoding if path in _files() else None)
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(body)
        assert DECODE[encoding](body) == (template.FOLDER / path[1:]).read_bytes()


def test_head_version_and_range_of_a_script(dashboard_url):
    path = template.template().script
    whole, body = ask(dashboard_url, path, Accept_Encoding="br")
    head, nothing = ask(dashboard_url, path, "HEAD", Accept_Encoding="br")
    assert (nothing, head.headers["Content-Length"]) == (b"", str(len(body)))
    version = whole.headers["ETag"]
    same, nothing = ask(dashboard_url, path, Accept_Encoding="br", If_None_Match=f'"x", W/{version}')
    assert (same.status, nothing, same.headers["ETag"]) == (304, b"", version)
    assert ask(dashboard_url, path, Accept_Encoding="gzip", If_None_Match=version)[0].status == 200
    part, body = ask(dashboard_url, path, Accept_Encoding="br", Range="bytes=10-19")
    assert (part.status, part.headers["Content-Encoding"]) == (206, None)
    assert body == (template.FOLDER / path[1:]).read_bytes()[10:20]


def test_first_visit_is_small():
    loaded = template.template()
    paths = [loaded.script, loaded.sheet, *loaded.modules, *loaded.next_modules]
    contents = [compressed.Content((template.FOLDER / path[1:]).read_bytes(), "") for path in paths]
    fonts = sum(one.stat().st_size for one in (template.FOLDER / "static/media").glob("MaterialSymbols*.woff2"))
    fonts += (template.FOLDER / loaded.font[1:]).stat().st_size
    assert fonts + sum(min(len(one.encoded("br")), len(one.body)) for one in contents) < MOST_BYTES


@pytest.mark.parametrize("name", ["oblasts.geojson", "world_110m.json"])
def test_outlines_travel_compressed(dashboard_url, name):
    answer, body = ask(dashboard_url, f"/geo/{name}", Accept_Encoding="br")
    whole = data.GEOMETRY[name].read_bytes()
    encoding = answer.headers["Content-Encoding"]
    assert encoding == ("br" if len(whole) >= compressed.SMALLEST else None)
    assert DECODE[encoding](body) == whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>Streamlit</title>", "<title>Streamlit</title><script>more()</script>"),
        ('<div id="root"></div>', '<div id="app"></div>'),
        ('<html lang="en">', "<html>"),
        ('type="module"', 'type="text/javascript"'),
        ('rel="stylesheet"', 'rel="styles"'),
    ],
)
def test_another_index_page_of_streamlit_stops_the_start(old, new):
    page = (template.FOLDER / "index.html").read_text("utf-8")
    assert old in page
    with pytest.raises(template.UnknownIndexPage, match=r"template\.py"):
        template.taken_apart(page.replace(old, new), {})


def test_modules_that_pages_ask_for_must_be_listed():
    with pytest.raises(template.UnknownIndexPage, match=r"lists 0 modules"):
        template.taken_apart((template.FOLDER / "index.html").read_text("utf-8"), {})


def test_every_page_is_listed_and_its_indicators_exist():
    assert sorted(ORDER) == PAGES
    named = [one for lists in (HEADLINES, CHOICES) for names in lists.values() for one in names]
    assert set(HEADLINES) <= set(ORDER) and set(named) <= set(data.registry())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_first_html_says_what_the_page_says(dashboard_url, page, lang, place):
    unit = PLACES[place]
    html = page_at(dashboard_url, f"/{'' if page == 'overview' else page}?lang={lang}{'&area=' * bool(unit)}{unit}")
    assert f'<html lang="{lang}">' in html
    assert f"<title>{title(page, lang)}</title>" in html
    drawn = words_of(opened(page, lang=lang, area=unit))
    heading, values = head_of(html)
    drawn_heading, drawn_values = head_of(drawn)
    assert heading == drawn_heading
    assert set(values) <= set(drawn_values)
    assert values or page in ("compare", "sources") or "value" not in drawn.partition("</h1>")[0]


def test_first_html_stands_before_scripts(dashboard_url):
    html = page_at(dashboard_url, "/damage")
    order = [html.index(part) for part in ("<h1>", '<div id="root">', "<script", "modulepreload")]
    assert order == sorted(order)


def test_wrong_values_are_told_and_unknown_keys_are_harmless(dashboard_url):
    html = page_at(dashboard_url, "/damage?lang=en&area=UA99&ind=nothing")
    assert "There is no territory “UA99”" in html and "There is no indicator “nothing”" in html
    plain = page_at(dashboard_url, "/damage?lang=en")
    assert page_at(dashboard_url, "/damage?lang=en&utm_source=x&%3Cscript%3E=1") == plain
    hostile = page_at(dashboard_url, "/damage?lang=en&area=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in hostile and "&lt;script&gt;alert" in hostile


def test_outside_links_tell_their_target_nothing(dashboard_url):
    for address in ("/", "/sources?lang=en", "/nothing"):
        assert ask(dashboard_url, address)[0].headers["Referrer-Policy"] == "no-referrer"


def test_index_page_is_asked_for_anew_each_time(dashboard_url):
    answer, _ = ask(dashboard_url, "/damage")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert ask(dashboard_url, "/damage", If_None_Match=answer.headers["ETag"])[0].status == 304
    assert ask(dashboard_url, "/damage?lang=en", If_None_Match=answer.headers["ETag"])[0].status == 200


@pytest.mark.parametrize("address", ["/nothing", "/damage/x", "/damagex", "/.env", "/geo/x/y", "/Громада"])
@pytest.mark.parametrize("lang", ["uk", "en"])
def test_unknown_address_has_a_page_in_both_languages(dashboard_url, address, lang):
    answer, body = ask(dashboard_url, f"{address.replace('Громада', '%D0%93')}?lang={lang}")
    html = body.decode()
    assert answer.status == 404
    assert f'<html lang="{lang}">' in html
    first, second = re.findall("<h[12]>(.*?)</h[12]>", html)
    assert {first, second} == {"Такої сторінки немає", "There is no such page"}
    assert first == {"uk": "Такої сторінки немає", "en": "There is no such page"}[lang]
    for other in ("uk", "en"):
        for page in ORDER:
            assert f'href="/{"" if page == "overview" else page}?lang={other}"' in html


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/Displacement", "/displacement"),
        ("/DAMAGE?lang=en", "/damage?lang=en"),
        ("/damage/", "/damage"),
        ("/damage/?area=UA74", "/damage?area=UA74"),
        ("/damage.html", "/damage"),
        ("/index.html", "/"),
        ("/overview?lang=en", "/?lang=en"),
        ("/damage?lang=en&amp;area=UA74", "/damage?lang=en&area=UA74"),
        ("/?amp;area=UA74", "/?area=UA74"),
    ],
)
def test_address_written_a_little_wrong_leads_on(dashboard_url, wrong, right):
    answer, _ = ask(dashboard_url, wrong)
    assert (answer.status, answer.headers["Location"]) == (308, right)
    assert ask(dashboard_url, right)[0].status == 200


def test_nothing_leads_to_another_host(dashboard_url):
    for address in ("//example.org/damage", "/%2f%2fexample.org/", "/\\example.org/"):
        assert "example.org" not in (ask(dashboard_url, address)[0].headers["Location"] or "")
    assert mended_path("/example.org/") is None


@pytest.mark.parametrize("address", ["/_stcore/health", "/favicon.png", "/app/static/sign.svg", "/healthz"])
def test_other_addresses_are_answered_as_before(dashboard_url, address):
    answer, body = ask(dashboard_url, address)
    assert answer.status == 200
    assert b"<html" not in body
