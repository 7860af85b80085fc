"""The page list, the visitor, one error boundary."""

import logging
from pathlib import Path

import streamlit as st

from dashboard import data
from dashboard.address.url import PAGES
from dashboard.address.visitor import language
from dashboard.language.words import say
from dashboard.shell.header import bar, fault, style, training, training_mark

ORDER = ("overview", "community", "compare", "damage", "displacement", "reconstruction", "sources")

log = logging.getLogger("dashboard")
lang = language()
mark = training_mark()
st.set_page_config(layout="wide", page_icon=str(Path(__file__).parent / "static" / "sign.svg"))
pages = {
    name: st.Page(
        PAGES / f"{name}.py",
        title=" · ".join(filter(None, (mark, say("page." + name, lang), say("site.short", lang)))),
        url_path=name,
        default=name == "overview",
    )
    for name in ORDER
}
chosen = st.navigation(list(pages.values()), position="hidden")
if mark:
    training(mark, lang)
style(lang)
try:
    bar(pages, chosen)
    chosen.run()
except data.Unavailable as problem:
    log.warning("%s", problem)
    fault("problem." + problem.code, lang)
except Exception:
    log.exception("%s", chosen.url_path)
    fault("problem.unexpected", lang)
