"""The ASGI application: Streamlit over `main.py`, our own addresses, and the warm-up before the first visitor."""

from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import data
from dashboard.shell.style import SHEET
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
    return FileResponse(path, media_type="application/json", headers={"Cache-Control": "public, max-age=86400"})


def style(request):
    """The style sheet; its address names its content, so that a browser keeps it."""
    return FileResponse(SHEET, media_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"})


def loaded_geometry(request, level):
    """Outlines from the database: 304 where the browser has the newest, 404 where none are loaded."""
    try:
        text, version = data.boundaries(level)
    except data.Unavailable as problem:
        return JSONResponse({"status": "unavailable", "reason": problem.code}, status_code=503)
    if not text:
        return JSONResponse({"status": "not loaded"}, status_code=404)
    headers = {"ETag": version, "Cache-Control": "public, no-cache"}
    if version in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/geo+json", headers=headers)


@asynccontextmanager
async def lifespan(app):
    warm_up()
    yield


app = st.App(
    Path(__file__).with_name("main.py"),
    lifespan=lifespan,
    routes=[Route("/healthz", health), Route("/geo/{name}", geometry), Route("/style.css", style)],
)
