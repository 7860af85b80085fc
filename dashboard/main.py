"""The page list, the visitor, one error boundary."""

import logging

import streamlit as st

from dashboard import data
from dashboard.address.url import FIRST_PAGE, ORDER, PAGES
from dashboard.address.visitor import language
from dashboard.parts.cached_drawing import discard, flush
from dashboard.shell.header import bar, fault, title, training, training_mark

log = logging.getLogger("dashboard")
discard()
lang = language()
mark = training_mark()
st.set_page_config(layout="wide")  # its icon is in the index page
pages = {
    name: st.Page(
        PAGES / f"{name}.py",
        title=title(name, lang, mark),
        url_path=name,
        default=name == FIRST_PAGE,
    )
    for name in ORDER
}
chosen = st.navigation(list(pages.values()), position="hidden")
if mark:
    training(mark, lang)
try:
    bar(chosen.url_path or FIRST_PAGE)
    flush()
    chosen.run()
    flush()
except data.Unavailable as problem:
    log.warning("%s", problem)
    fault("problem." + problem.code, lang)
except Exception:
    log.exception("%s", chosen.url_path)
    fault("problem.unexpected", lang)
