"""The map of communities shows each of them once, and every chart tells the marks of missing values by shape."""

import csv
import math
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard import data
from dashboard.address import url
from dashboard.answers import places, snapshot
from dashboard.charts import communities, maps, screen, signs
from dashboard.charts.marks import Marks
from dashboard.charts.over_time import trend
from dashboard.language.words import term
from dashboard.view import View
from tests.support.pages import opened, words_of
from tests.support.small import sample_rows

ROOT = Path(__file__).resolve().parents[2]
BY_COMMUNITY = ("population", "population_density", "urban_share", "satellite_buildings_share")


def view_of(indicator, lang="uk", **parts):
    return View("overview", lang, indicator=indicator, level="hromada", **parts)


def listed() -> list[dict]:
    """The communities of the file: hromadas, and the two cities without any."""
    with (ROOT / "sample_data" / "territories.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["level"] == "hromada" or row["code"] in ("UA80", "UA85")]


def shown_codes(figure) -> list[str]:
    """Codes of every unit that the figure draws, the frames of occupied ones left out."""
    traces = [trace for trace in figure.data if trace.customdata is not None]
    return [data.territory_code(row[0]) for trace in traces for row in np.asarray(trace.customdata)]


def drawn(indicator, **parts):
    view = view_of(indicator, **parts)
    marks = communities.marks(view, snapshot.snapshot(view))
    return marks, communities.seat_map(marks, data.registry()[indicator].map == "circle", view.lang)


@pytest.mark.parametrize("indicator", BY_COMMUNITY)
def test_every_community_with_a_seat_stands_on_the_map_once(indicator):
    marks, figure = drawn(indicator)
    seats = {row["code"] for row in listed() if row["lat"]}
    assert Counter(shown_codes(figure)) == Counter(seats)
    assert {row["code"] for row in listed()} - seats == set(places.without_seat(list(marks.rows["code"])))
    known = marks.rows.dropna(subset="value")["code"]
    assert set(known) <= seats


def test_all_1772_hromadas_and_two_cities_are_listed_crimea_among_them():
    marks, _ = drawn("population")
    assert len(marks.rows) == 1774
    assert marks.rows["code"].is_unique
    assert marks.rows["code"].str.startswith("UA01").sum() == 303
    assert set(marks.rows["code"]) == {row["code"] for row in listed()}


@pytest.mark.parametrize("indicator", BY_COMMUNITY)
def test_values_are_those_of_the_cells(indicator):
    cells = data.cells(indicator)
    cells = cells[(cells["category"] == "") & (cells["coverage"] == "")]
    given = cells.groupby("territory_code")["value"].agg(set)
    marks, _ = drawn(indicator)
    for row in marks.rows.dropna(subset="value").to_dict("records"):
        assert row["value"] in given[row["code"]]
    assert marks.rows["value"].notna().sum() == sum(len(code) == 9 or code in ("UA80", "UA85") for code in given.index)


def test_seats_stand_inside_the_country_where_mercator_puts_them():
    seats = places.seats()
    x, y = places.window(data.COUNTRY)
    known = seats.dropna()
    assert known["x"].between(*x).all()
    assert known["y"].between(*y).all()
    kyiv = data.territory("UA80")
    assert seats.loc["UA80", "x"] == pytest.approx(kyiv["lon"], abs=1e-4)
    assert seats.loc["UA80", "y"] == pytest.approx(
        math.degrees(math.log(math.tan(math.pi / 4 + math.radians(kyiv["lat"]) / 2))), abs=1e-4
    )


def test_occupied_communities_are_framed_and_those_of_crimea_all_are():
    marks, figure = drawn("population_density")
    held = marks.rows[marks.rows["occupied"]]
    assert len(held) == 158 + 303 + 1  # outside Crimea, Crimea, Sevastopol
    frames = next(trace for trace in figure.data if trace.name == "occupied")
    assert len(frames.x) == len(held) - len(places.without_seat(list(held["code"])))
    assert frames.marker.symbol == signs.OCCUPIED[0]
    assert "UA80" not in set(held["code"])


def test_chosen_oblast_narrows_bars_and_finding_to_its_communities():
    view = view_of("population", area="UA63")
    marks = communities.marks(view, snapshot.snapshot(view))
    bars = communities.ranked(marks, "uk").rows
    assert len(bars) == screen.MOST_BARS
    assert bars["code"].str.startswith("UA63").all()
    known = marks.rows[marks.rows["code"].str.startswith("UA63")]["value"].sort_values(ascending=False)
    assert list(bars["value"]) == list(known.head(screen.MOST_BARS))
    assert "Харківська" in marks.title
    x, _ = places.window("UA63")
    assert x[1] - x[0] < 8


def test_oblast_of_which_nothing_is_known_has_no_bars_but_all_its_communities():
    view = view_of("population", area="UA01")
    marks = communities.marks(view, snapshot.snapshot(view))
    assert communities.ranked(marks, "uk").rows.empty
    assert marks.rows["code"].str.startswith("UA01").sum() == 303


def test_namesakes_among_the_bars_are_told_apart_and_both_drawn():
    marks, _ = drawn("settlements_share_by_status", category="temporarily_occupied")
    ranked = communities.ranked(marks, "uk")
    assert ranked.rows["label"].is_unique
    assert len(set(screen.bars(ranked).data[0].y)) == len(ranked.rows)


def test_level_is_offered_only_where_communities_have_values():
    assert snapshot.levels(view_of("population")) == ("", "hromada")
    assert snapshot.levels(view_of("idps_registered")) == ("",)
    assert snapshot.levels(view_of("satellite_buildings_share")) == ("hromada",)


def test_wrong_level_gives_a_notice_and_oblasts():
    view, notices = url.read({"lang": "uk", "level": "street"}, "overview", ("population",))
    assert view.level == ""
    assert [key for key, _ in notices] == ["notice.level"]
    view, notices = url.read({"lang": "uk", "level": "hromada"}, "overview", ("population",))
    assert (view.level, notices) == ("hromada", [])
    assert url.query_of(view)["level"] == "hromada"


def generated(codes) -> Marks:
    """Units with each mark, a zero and two values."""
    rows = [("x", math.nan), ("c", math.nan), ("s", math.nan), ("", 0.0), ("", 5.0), ("", 9.0)]
    table = pd.DataFrame(
        [
            (code, f"unit {code}", value, f"[{mark}]" if mark else str(value), str(value), mark, "day", "raion", False)
            for code, (mark, value) in zip(codes, rows, strict=True)
        ],
        columns=["code", "label", "value", "text", "number", "mark", "detail", "raion", "occupied"],
    )
    return Marks(table, "", "", "", data.COUNTRY, ((5.0, 5.0), (9.0, 9.0)))


def over_time() -> Marks:
    """A line whose days bear each mark, a zero and two values."""
    marks = generated(range(6)).rows
    days = pd.date_range("2025-01-01", periods=6, freq="MS")
    return Marks(marks.assign(series="a", series_name="A", joined=True, on=days), "", "", "")


def symbols(figure) -> dict[str, str]:
    """Each sign's name in the figure, and its shape."""
    return {trace.name: trace.marker.symbol for trace in figure.data if trace.name in signs.SHAPES}


OBLASTS = ("UA01", "UA05", "UA07", "UA12", "UA14", "UA18")
CHARTS = {
    "bars": lambda: screen.bars(generated(OBLASTS)),
    "fill map": lambda: maps.fill_map(generated(OBLASTS)),
    "circle map": lambda: maps.circle_map(generated(OBLASTS)),
    "dots of communities": lambda: communities.seat_map(generated(seated()), False, "uk"),
    "circles of communities": lambda: communities.seat_map(generated(seated()), True, "uk"),
    "outlines of communities": lambda: communities.outline_map(generated(seated()), "uk"),
    "lines": lambda: screen.lines(over_time(), "uk"),
}


@pytest.fixture(autouse=True)
def outlines_of_all(monkeypatch):
    """As if the outlines of all communities were loaded; only the map of outlines asks."""
    monkeypatch.setattr(places, "outlined", lambda: (frozenset(snapshot.units("hromada")), ""))


def seated() -> list[str]:
    return list(places.seats().dropna().index[:6])


@pytest.mark.parametrize("kind", CHARTS)
def test_each_mark_and_zero_has_a_shape_of_its_own_in_every_chart(kind):
    found = symbols(CHARTS[kind]())
    assert set(found) == {"x", "c", "s", "0"}
    assert len(set(found.values())) == 4


def test_legend_lists_the_marks_present_and_no_others():
    rows = generated(OBLASTS).rows
    assert [words[:3] for _, words in signs.legend(rows, "en")] == ["tru", "[c]", "[s]", "[x]"]
    assert [letter for letter, _ in signs.legend(rows[rows["mark"].isin(["c", ""])], "en")] == ["○", "▽"]
    assert signs.legend(rows[rows["value"] > 0], "uk") == []


def cells_with_marks() -> pd.DataFrame:
    """Six monthly cells of one producer; the third suppressed, the fourth withheld, the fifth zero."""
    frame = data.cells("idps_registered")
    row = frame[frame["territory_code"] == "UA63"].iloc[0].to_dict()
    days = pd.date_range("2025-01-31", periods=6, freq="ME")
    given = [(7.0, ""), (8.0, ""), (math.nan, "c"), (math.nan, "s"), (0.0, ""), (9.0, "")]
    return pd.DataFrame(
        [
            row | {"period_start": day, "period_end": day, "value": value, "status": mark}
            for day, (value, mark) in zip(days, given, strict=True)
        ]
    )


def test_line_stops_at_a_marked_day_and_shows_its_shape_on_the_axis():
    marks = trend(View("damage", "uk", area="UA63", indicator="idps_registered"), cells_with_marks())
    figure = screen.lines(marks, "uk")
    line = figure.data[0]
    assert [math.isnan(value) for value in line.y] == [False, False, True, True, False, False]
    assert not line.connectgaps
    for sign in "cs":
        trace = next(trace for trace in figure.data if trace.name == sign)
        assert len(trace.x) == 1
        assert trace.yaxis == "y2"
        assert math.isnan(line.y[list(line.x).index(trace.x[0])])


def test_areas_break_where_a_status_is_marked_and_are_not_stacked_as_zero():
    days = pd.date_range("2025-01-01", periods=5, freq="MS")
    rows = [
        (status, day, math.nan if (status, at) == ("active_hostilities", 2) else 3.0)
        for at, day in enumerate(days)
        for status in ("temporarily_occupied", "active_hostilities", "possible_hostilities")
    ]
    table = pd.DataFrame(rows, columns=["series", "on", "value"])
    table = table.assign(series_name="A", text="", detail="", mark=table["value"].isna().map({True: "c", False: ""}))
    figure = screen.status_areas(Marks(table, "", "", ""), "uk")
    areas = [trace for trace in figure.data if trace.stackgroup]
    assert days[2] not in {day for area in areas for day in pd.to_datetime(area.x)}
    assert len({area.stackgroup for area in areas}) == 2
    assert symbols(figure) == {"c": signs.SHAPES["c"][0]}


@pytest.mark.parametrize("kind", CHARTS)
def test_no_value_hides_under_a_mark_in_the_figure(kind):
    """What a sign tells is its mark; none of the known values stands with it."""
    figure = CHARTS[kind]()
    for trace in figure.data:
        if trace.name in ("c", "s", "x"):
            texts = {str(part) for row in np.asarray(trace.customdata) for part in row}
            assert not texts & {"0.0", "5.0", "9.0"}
            assert f"[{trace.name}]" in texts


def test_boundary_attribution_is_told_or_openstreetmap_thanked():
    text = '{"type":"FeatureCollection","attribution":"Держгеокадастр","features":[{"id":"UA6312027"}]}'
    text = text.replace('"id":"UA6312027"', '"type":"Feature","id":"UA6312027"')
    assert places._read("v", text) == ({"UA6312027"}, "Держгеокадастр")
    assert places._read("", "") == (frozenset(), "")


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_communities_have_one_total_and_the_two_cities_are_told_apart(lang):
    """Counts and sum worked out from the files: 1,772 communities, Kyiv counted in the sum and among none of them."""
    rows = sample_rows("published-values")
    known = {
        row["territory_code"]: float(row["value"])
        for row in rows
        if row["indicator"] == "population" and not row["breakdown"] and len(row["territory_code"]) in (4, 9)
    }
    hromadas = [code for code in known if len(code) == 9]
    text = words_of(opened("overview", lang=lang, ind="population", level="hromada"))
    in_words = {"uk": lambda number: f"{number:,.0f}".replace(",", " "), "en": lambda number: f"{number:,.0f}"}[lang]
    assert in_words(sum(known[code] for code in hromadas) + known["UA80"]) in text
    counts = f"{in_words(len(hromadas))} {'із' if lang == 'uk' else 'of'} {in_words(1772)}"
    assert text.count(counts) >= 2, "in the title and at the sum"
    assert f"({in_words(1772)})</h3>" in text
    assert term("caveat", "communities_total", lang).replace("\u00a0", " ") in text
    others = re.sub(r"<caption>.*?</caption>|<option.*?</option>|aria-label=\"[^\"]*\"", "", text)
    assert others.count(in_words(1774)) == 1, "only where the note explains it"


def test_an_oblast_lists_its_communities_without_a_word_of_the_cities():
    text = words_of(opened("overview", lang="en", ind="population", level="hromada", area="UA63000000000041885"))
    assert "Kharkiv Oblast (56)</h3>" in text
    assert term("caveat", "communities_total", "en") not in text
