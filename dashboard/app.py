"""The ASGI application: Streamlit over `main.py`, our own addresses, and the warm-up before the first visitor."""

from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from dashboard import data
from dashboard.warm_up import warm_up


def health(request):
    """`{"status": "ok", "release": name}`; 503 and the reason where there is no database to read."""
    try:
        return JSONResponse({"status": "ok", "release": data.newest_release().name})
    except data.Unavailable as problem:
        return JSONResponse({"status": "unavailable", "reason": problem.code}, status_code=503)


def geometry(request):
    """Boundaries by address, so that a browser fetches them once and not with every map."""
    path = data.GEOMETRY.get(request.path_params["name"])
    if path is None:
        return JSONResponse({"status": "not found"}, status_code=404)
    return FileResponse(path, media_type="application/json", headers={"Cache-Control": "public, max-age=86400"})


@asynccontextmanager
async def lifespan(app):
    warm_up()
    yield


app = st.App(
    Path(__file__).with_name("main.py"),
    lifespan=lifespan,
    routes=[Route("/healthz", health), Route("/geo/{name}", geometry)],
)
