"""The map of all communities: circles or dots at their seats on the oblasts' outlines, or outlines filled by class.

Drawn on plain axes: plotly shifts such a picture as a whole while it is dragged, and needs no WebGL for it
(decision 20).
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import data
from dashboard.answers import places
from dashboard.answers.snapshot import Snapshot, counted, narrowed, units
from dashboard.charts import maps, palette, signs
from dashboard.charts.marks import COLUMNS, Marks, classes, finding, mark_of, plain, subtitle
from dashboard.charts.screen import MOST_BARS, config, layout
from dashboard.language.words import alphabetical, say
from dashboard.view import View

LARGEST, LARGEST_NEAR, SMALLEST = 46, 80, 3  # circles in pixels: of the country, of one oblast, to be seen at all
DOT, DOT_NEAR = 6, 12
FAINT = 0.35  # opacity of the dots of which nothing is known: most of the map may bear them
BUTTONS = {"bgcolor": "rgba(0,0,0,0)", "color": palette.LINE, "activecolor": palette.OTHERS}
HOVER = "<b>%{{customdata[1]}}</b><br>%{{customdata[2]}}<br>%{{customdata[3]}}{detail}<extra></extra>"


def marks(view: View, shown: Snapshot) -> Marks:
    """A mark for each community, Kyiv and Sevastopol among them, the highest values first; also raion and occupied."""
    known = {row["territory_code"]: row for row in shown.rows.to_dict("records")}
    occupied = places.occupied(release=view.release)
    rows = pd.DataFrame(
        [
            (code, name, *mark_of(known.get(code), view.lang), where, code in occupied)
            for code, name, where in _names(view.lang)
        ],
        columns=[*COLUMNS, "raion", "occupied"],
    ).sort_values("value", ascending=False, kind="stable", na_position="last", ignore_index=True)
    found = finding(view, narrowed(view, shown))
    ranked = classes(rows["value"][rows["value"] != 0].dropna())
    return Marks(
        rows, found, subtitle(view, shown.rows), say("places.alt", view.lang, finding=found), view.area, ranked
    )


def ranked(marks: Marks, lang: str) -> Marks:
    """The marks of the chosen oblast's communities, or of all, by short name; namesakes among the bars with raion.

    Where not all have room, those of which nothing is known give way.
    """
    rows = marks.rows[marks.rows["code"].str.startswith(marks.chosen)]
    rows = (rows[signs.of(rows) != "x"] if len(rows) > MOST_BARS else rows).head(MOST_BARS)
    label = pd.Series([data.territory_name(code, lang, short=True) for code in rows["code"]], rows.index)
    label = label.where(~label.duplicated(keep=False), label + " (" + _raions(rows) + ")")
    return replace(marks, rows=rows.assign(label=label))


def seat_map(marks: Marks, circles: bool, lang: str) -> go.Figure:
    """Circles (counts) or dots coloured by class (rates) at seats; signs of marks and zeros, faint dots for no data."""
    marks = plain(marks)
    figure = go.Figure(layout=layout(height=None, modebar=BUTTONS))
    near = marks.chosen != data.COUNTRY
    _land(figure, marks.chosen)
    rows = marks.rows.assign(colour=palette.OTHERS if circles else maps.class_colours(marks)).join(
        places.seats(), on="code"
    )
    rows = rows[rows["x"].notna()]
    for sign, marked in reversed(list(signs.groups(rows))):
        look = signs.quiet(near) if sign == "x" else signs.marker(sign, 8 if near else 4)
        _points(figure, marked, lang, sign, look, FAINT if sign == "x" else 0.95)
    known = rows[rows["value"].notna() & (rows["value"] != 0)]
    sizes = _sizes(known["value"], near) if circles else np.full(len(known), DOT_NEAR if near else DOT)
    inside = known["code"].str.startswith(marks.chosen)
    border = {"width": 0.6, "color": "#FFFFFF" if circles else palette.LINE}
    look = {"size": sizes.round(1), "color": known["colour"], "line": border}
    _points(figure, known, lang, "", look, np.where(inside, 0.82, 0.35))
    _frame_occupied(figure, rows, near)
    _frame_members(figure, rows, near)
    return _window(figure, marks.chosen)


def outline_map(marks: Marks, lang: str) -> go.Figure:
    """Loaded outlines filled by class, oblasts bordered, signs at the seats; dots where an outline is not loaded."""
    marks = plain(marks)
    drawn, _ = places.outlined()
    rows = marks.rows.assign(label=marks.rows["label"] + "<br>" + _raions(marks.rows), text=_texts(marks.rows, lang))
    own = rows["code"].isin(drawn)
    colours = np.array(maps.class_colours(marks))
    figure = go.Figure(layout=layout(height=None, modebar=BUTTONS))
    filled = maps.regions(Marks(rows[own], "", "", "", marks.chosen), list(colours[own]), "hromadas")
    told = "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>" + marks.rows["detail"].iloc[0] + "<extra></extra>"
    figure.add_trace(filled.update(customdata=rows.loc[own, ["code", "label", "text"]], hovertemplate=told))
    edges = pd.DataFrame({name: data.oblasts() for name in COLUMNS})
    oblasts = maps.regions(Marks(edges, "", "", "", marks.chosen), ["rgba(0,0,0,0)"] * len(edges), "oblasts")
    figure.add_trace(oblasts.update(hoverinfo="skip", hovertemplate=None, customdata=None))
    maps.add_dots(figure, rows[~own & rows["value"].notna()], list(colours[~own & rows["value"].notna()]))
    near = marks.chosen != data.COUNTRY
    maps.sign_seats(figure, rows, 8 if near else 4, signs.quiet(near) | {"opacity": FAINT})
    maps.add_frames(figure, rows[rows["occupied"]])
    maps.add_members(figure, _members(rows), near)
    (west, east), heights = places.window(marks.chosen)
    south, north = places.latitudes(heights)
    return maps.frame(figure, (west, east), (south, north)).update_layout(dragmode="pan")


def map_config(lang: str, outlines: bool) -> dict:
    """Plotly's settings with three buttons, named in the reader's language: nearer, farther, the whole map."""
    own = config(lang)
    words = {
        "Zoom in": say("places.zoom_in", lang),
        "Zoom out": say("places.zoom_out", lang),
        "Reset axes": say("places.whole", lang),
        "Reset": say("places.whole", lang),
    }
    kind = "Geo" if outlines else "2d"
    buttons = [[f"zoomIn{kind}", f"zoomOut{kind}", "resetGeo" if outlines else "resetScale2d"]]
    return own | {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": buttons,
        "locales": {lang: own["locales"][lang] | {"dictionary": words}},
    }


@data.answer(4, newest=True, everybody=True)
def _names(lang: str) -> list[tuple[str, str, str]]:
    """(code, name, raion and oblast) of all communities in the order of the alphabet."""
    named = [(code, data.territory_name(code, lang), _raion(code, lang)) for code in units("hromada")]
    return sorted(named, key=lambda one: (alphabetical(one[1]), one[0]))


def _raion(code: str, lang: str) -> str:
    parent = data.territory(code)["parent_code"]
    return (
        "" if parent == data.COUNTRY else f"{data.territory_name(parent, lang)}, {data.territory_name(code[:4], lang)}"
    )


def _sizes(values: pd.Series, near: bool) -> np.ndarray:
    widest = LARGEST_NEAR if near else LARGEST
    return np.maximum(np.sqrt(values.to_numpy() / values.max()) * widest, SMALLEST)


def _texts(rows: pd.DataFrame, lang: str) -> pd.Series:
    """What the pointer is told: the value or mark, that the community is occupied, that it is a member."""
    held, mine = (" · " + say(key, lang) for key in ("places.occupied", "association.member"))
    listed = rows["code"].isin(places.members())
    return rows["text"] + np.where(rows["occupied"], held, "") + np.where(listed, mine, "")


def _members(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["code"].isin(places.members())]


def _raions(rows: pd.DataFrame) -> pd.Series:
    return rows["raion"].str.split(",").str[0]


def _points(figure: go.Figure, rows: pd.DataFrame, lang: str, name: str, look: dict, opacity) -> None:
    if rows.empty:
        return
    detail = rows["detail"].iloc[0]
    own = rows["detail"].nunique() > 1
    told = pd.DataFrame(
        {
            "code": [data.territory(code)["katottg"] or code for code in rows["code"]],  # what its page's address says
            "label": rows["label"],
            "raion": _raions(rows),
            "text": _texts(rows, lang) + ("<br>" + rows["detail"] if own else ""),
        }
    )
    figure.add_scatter(
        x=rows["x"],
        y=rows["y"],
        mode="markers",
        name=name,
        customdata=told,
        hovertemplate=HOVER.format(detail="" if own or not detail else f"<br>{detail}"),
        marker=look | {"opacity": opacity},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": float(np.max(opacity))}},
    )


def _land(figure: go.Figure, chosen: str) -> None:
    lines = places.outlines()
    for codes, colour, width in ((list(lines), palette.LINE, 0.7), ([chosen], palette.CHOSEN, 2.5)):
        shapes = [lines[code] for code in codes if code in lines]
        if shapes:
            x, y = (np.concatenate(along) for along in zip(*shapes, strict=True))
            figure.add_scatter(
                x=x,
                y=y,
                mode="lines",
                fill="toself" if len(shapes) > 1 else "none",
                fillcolor=palette.GROUND,
                line={"color": colour, "width": width, "simplify": False},
                hoverinfo="skip",
            )


def _frame_occupied(figure: go.Figure, rows: pd.DataFrame, near: bool) -> None:
    """Frames: narrow and faint where nothing is known, so that Crimea's 303 communities can be told apart."""
    held = rows[rows["occupied"]]
    quiet = held["value"].isna()
    look = signs.frame(np.where(quiet, 11, 15) if near else np.where(quiet, 4.5, 8.5))
    look["opacity"] = np.where(quiet & (not near), 0.6, 1)
    figure.add_scatter(x=held["x"], y=held["y"], mode="markers", marker=look, hoverinfo="skip", name="occupied")


def _frame_members(figure: go.Figure, rows: pd.DataFrame, near: bool) -> None:
    mine = _members(rows)
    if len(mine):
        look = signs.member(near)
        figure.add_scatter(x=mine["x"], y=mine["y"], mode="markers", marker=look, hoverinfo="skip", name="member")


def _window(figure: go.Figure, area: str) -> go.Figure:
    x, y = places.window(area)
    figure.update_xaxes(visible=False, range=x, constrain="domain")
    figure.update_yaxes(visible=False, range=y, constrain="domain", scaleanchor="x")
    return figure.update_layout(dragmode="pan", hovermode="closest", margin={"l": 0, "r": 0, "t": 0, "b": 0})


def legend(marks: Marks, circles: bool, lang: str, day: str, number) -> tuple[list, list]:
    """Patches of colour and letters of signs that the map of the communities shows."""
    rows = marks.rows[marks.rows["code"].str.startswith(marks.chosen)]
    held = [(signs.OCCUPIED[1], say("places.occupied_on", lang, day=day))] if rows["occupied"].any() else []
    mine = len(_members(rows))
    held += [(signs.MEMBER[1], say("association.members_on_map", lang, count=mine))] if mine else []
    unknown = int(((signs.of(rows) == "x") & counted(marks.chosen, rows["code"])).sum())
    silent = [("·", say("places.no_data_here", lang, count=unknown))] if unknown else []
    return maps.legend(marks, circles, lang, number), signs.legend(rows, lang, without="x") + silent + held
