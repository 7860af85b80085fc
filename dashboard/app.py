"""The ASGI application: Streamlit over `main.py`, our own addresses, and the warm-up before the first visitor."""

from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard import data
from dashboard.first_page import compressed
from dashboard.first_page.addresses import ROUTES
from dashboard.first_page.static_files import CompressedStaticFiles
from dashboard.warm_up import warm_up


def health(request):
    """`{"status": "ok", "release": name}`; 503 and the reason where there is no database to read."""
    try:
        return JSONResponse({"status": "ok", "release": data.newest_release().name})
    except data.Unavailable as problem:
        return JSONResponse({"status": "unavailable", "reason": problem.code}, status_code=503)


def geometry(request):
    """Boundaries by address, so that a browser fetches them once and not with every map."""
    name = request.path_params["name"]
    if name in data.LOADED_GEOMETRY:
        return loaded_geometry(request, data.LOADED_GEOMETRY[name])
    path = data.GEOMETRY.get(name)
    if path is None:
        return JSONResponse({"status": "not found"}, status_code=404)
    outlines = compressed.content(path.read_text("utf-8"), "application/json")
    return compressed.answer(request.method, request.headers, outlines, cache_control="public, max-age=86400")


def loaded_geometry(request, level):
    """Outlines from the database: 304 where the browser has the newest, 404 where none are loaded."""
    try:
        text, _ = data.boundaries(level)
    except data.Unavailable as problem:
        return JSONResponse({"status": "unavailable", "reason": problem.code}, status_code=503)
    if not text:
        return JSONResponse({"status": "not loaded"}, status_code=404)
    outlines = compressed.content(text, "application/geo+json")
    return compressed.answer(request.method, request.headers, outlines, cache_control="public, no-cache")


@asynccontextmanager
async def lifespan(app):
    warm_up()
    yield


app = st.App(
    Path(__file__).with_name("main.py"),
    lifespan=lifespan,
    routes=[Route("/healthz", health), Route("/geo/{name}", geometry), *ROUTES],
    middleware=[Middleware(CompressedStaticFiles)],
)
