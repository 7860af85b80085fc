"""Titles of charts are findings of what is shown: each worked out again, plainly, over all that is published."""

import math
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from dashboard import data
from dashboard.answers import course, snapshot, unit
from dashboard.charts import communities, maps, marks, over_time, screen
from dashboard.language import words
from dashboard.view import View
from tests.support.run import amount, chance, every, in_languages

LOWEST = {"uk": "найнижче", "en": "lowest"}
KNOWN = {"uk": "з відомих", "en": "of those known"}
SUM = {"uk": " підсумку", "en": "of the total"}
CITIES = ("UA80", "UA85")
LOOSE = {"over", "about", "almost", "at_least", "over_or_almost", "none_recorded"}


def views(indicator: str, lang: str = "uk"):
    """Every level, category, day and a choice of areas at which something of the indicator can be shown."""
    for level in ("", "hromada"):
        for category in snapshot.categories(View("damage", indicator=indicator, level=level)):
            plain = View("damage", lang, indicator=indicator, level=level, category=category)
            days = snapshot.snapshot(plain).periods
            for period in ("", *days[:: amount(12, of=1)]):
                for area in (data.COUNTRY, "UA14", *every("UA63")) if level else (data.COUNTRY,):
                    yield replace(plain, period=period, area=area)


def all_units(view: View) -> list[str]:
    rows = data.territories().to_dict("records")
    if not view.level:
        return [row["code"] for row in rows if row["level"] == "region"]
    wanted = [row["code"] for row in rows if row["level"] == "hromada" or row["code"] in CITIES]
    return [code for code in wanted if view.area == "UA" or code.startswith(view.area)]


def counted(view: View, codes: list[str]) -> int:
    """Kyiv and Sevastopol have no communities: they are no part of a count of communities."""
    return len([code for code in codes if not view.level or view.area in CITIES or code not in CITIES])


def names(code: str, lang: str) -> tuple[str, str]:
    row = data.territory(code)
    return row[f"name_{lang}"], row[f"short_name_{lang}"] or row[f"name_{lang}"]


@pytest.mark.parametrize(("indicator", "lang"), in_languages(sorted(data.registry())))
def test_titles_of_maps_and_bars_say_what_the_rows_say(indicator, lang):
    for view in views(indicator, lang):
        shown = snapshot.narrowed(view, snapshot.snapshot(view))
        title = marks.finding(view, shown)
        given = [(row["value"], row["territory_code"]) for row in shown.rows.to_dict("records")]
        known = sorted(((value, code) for value, code in given if not math.isnan(value)), reverse=True)
        total = all_units(view)
        assert not shown.charted or len({tuple(map(str, one)) for one in shown.rows[snapshot.MEASURED].values}) == 1
        if not shown.charted:
            assert not any(word[lang] in title for word in (LOWEST, KNOWN, SUM)), title
            continue
        assert len(known) >= 3
        found, all_of_them = counted(view, [code for _, code in known]), counted(view, total)
        if found < all_of_them:
            assert words.number(found, lang) in title and words.number(all_of_them, lang) in title, title
        if SUM[lang] in title:
            first = sum(value for value, _ in known[:3]) / sum(value for value, _ in known)
            assert words.percent(100 * first, lang) in title
            assert all(names(code, lang)[1] in title for value, code in known[:3] if value > known[3][0])
            continue
        highest = [code for value, code in known if value == known[0][0]]
        if len(highest) == 1:
            assert names(highest[0], lang)[0] in title
        else:
            assert words.number(len(highest), lang) in title
        if LOWEST[lang] in title:
            assert known[-1][0] < known[-2][0] and names(known[-1][1], lang)[0] in title
            assert len(known) >= 0.9 * len(total), "the lowest of a part is not the lowest"
            assert "worst_hromadas_only" not in data.registry()[indicator].caveats


@pytest.mark.parametrize("indicator", sorted(data.registry()))
def test_every_unit_with_a_figure_is_in_the_table_and_none_twice(indicator):
    for view in views(indicator):
        shown = snapshot.snapshot(view)
        cells = snapshot.frame(view)
        cells = cells[(cells["coverage"] == "") & cells["value"].notna()]
        wanted = set(cells["territory_code"]) & set(all_units(replace(view, area="UA")))
        listed = shown.listed
        assert listed["territory_code"].is_unique
        assert wanted == set(listed.loc[listed["value"].notna(), "territory_code"]) or view.period
        assert set(shown.beside["territory_code"]).isdisjoint(shown.rows.dropna(subset="value")["territory_code"])


def test_four_oblasts_of_one_day_are_bars_and_two_of_other_days_stand_beside():
    view = View("reconstruction", "en", indicator="dream_projects")
    shown = snapshot.snapshot(view)
    assert shown.charted and not shown.mapped
    assert set(shown.rows["territory_code"]) == {"UA12", "UA32", "UA48", "UA63"}
    assert set(shown.beside["territory_code"]) == {"UA65", "UA74"}
    assert marks.finding(view, shown).endswith("comparable data for 4 of 27 regions")
    drawn = marks.without_unknown(marks.oblasts(view, shown))
    assert sorted(screen.bars(drawn).data[0].x) == [745, 1011, 1881, 1903]


def plain_line(rows: list[dict]) -> list[dict]:
    """The figures of a line, worked out slowly: of one producer, unit, length and break; [] where there is no line."""
    firm = [row for row in rows if row["qualifier"] not in LOOSE]
    days = {row["period_end"]: row for row in firm}
    loose = {(row["period_end"], row["value"]) for row in rows if row["qualifier"] in LOOSE}
    told = {(row["period_end"], row["value"]) for row in rows}
    return list(days.values()) if len(days) >= 3 and 4 * len(loose) <= len(told) else []


def over_time_of_all() -> list[tuple]:
    """(unit, indicator, category, its cells) of all of which two days are published.

    A part of them where not all are tried: all of the country and of Kharkiv, and 60 others.
    """
    found = []
    for name in sorted(data.registry()):
        cells = data.cells(name, breakdown=None)
        for (code, category), rows in cells[cells["coverage"] == ""].groupby(["territory_code", "category"]):
            if rows["period_end"].nunique() > 1:
                found.append((code, name, category, rows))
    always = [one for one in found if one[0] in ("UA", "UA6312027") or one[:2] == ("UA63", "buildings_damaged")]
    return always + chance("over time").sample(found, amount(60, of=len(found)))


def test_only_a_series_has_a_line_and_a_direction():
    seen = set()
    for (code, name, category, rows), lang in in_languages(over_time_of_all()):
        view = View("damage", lang, area=code, indicator=name, category=category)
        drawn = over_time.trend(view, rows)
        known = rows[rows["value"].notna()]
        days = known["period_end"].nunique()
        assert drawn.rows.empty == (days < 3), (code, name)
        if drawn.rows.empty:
            assert "→" not in drawn.title
            continue
        groups = known.sort_values(["period_end", "published_on"]).groupby(["producer", "unit", "precision"])
        lines = [plain_line(part.to_dict("records")) for _, part in groups if not (part["status"] == "b").any()]
        mixed = known.groupby(["producer", "unit"])["precision"].nunique().max() > 1 or (known["status"] == "b").any()
        joined = drawn.rows[drawn.rows["joined"] & drawn.rows["value"].notna()]
        if not mixed:
            assert sum(map(len, lines)) == len(joined), (code, name)
        assert ("→" in drawn.title) == (len(joined) > 0), drawn.title
        line = joined[joined["series"] == joined["series"].iloc[0]] if len(joined) else joined
        for end in line["text"].iloc[[0, -1]] if len(line) else ():
            assert end in drawn.title
        seen.add("line" if len(joined) else "points")
        assert set(drawn.rows["value"].dropna()) == set(known["value"])
    assert seen == {"line", "points"}


def test_statements_of_officials_are_points_without_a_direction():
    for code, name in (
        ("UA63", "buildings_damaged"),
        ("UA6312027", "homes_lost_residents"),
        ("UA", "claims_submitted"),
    ):
        rows = unit.cells(code)
        rows = rows[(rows["indicator"] == name) & (rows["category"] == "") & (rows["coverage"] == "")]
        drawn = over_time.trend(View("damage", "en", area=code, indicator=name), rows)
        assert not drawn.rows["joined"].any() and "→" not in drawn.title
        assert "published figures" in drawn.title
        figure = screen.lines(drawn, "en")
        assert not [trace for trace in figure.data if "lines" in (trace.mode or "") and trace.fill != "toself"]


def plain_conflicts(rows: list[dict]) -> set[tuple[float, float]]:
    """Pairs of figures that cannot both be right, worked out slowly for figures of days and months."""
    found = set()
    for one in rows:
        for other in rows:
            if (
                one["value"] >= other["value"]
                or one["unit"] != other["unit"]
                or "year" in (one["precision"], other["precision"])
            ):
                continue
            far = (other["value"] - one["value"]) / other["value"] > 0.15
            begin = {
                id(row): row["period_start"]
                - timedelta(days=row["period_start"].day - 1) * (row["precision"] == "month")
                for row in (one, other)
            }
            overlap = begin[id(one)] <= other["period_end"] and begin[id(other)] <= one["period_end"]
            fell = one["producer"] != other["producer"] and timedelta(0) < begin[id(one)] - other[
                "period_end"
            ] <= timedelta(days=92)
            if far and (overlap or fell):
                found.add((one["value"], other["value"]))
    return found


def test_contradictions_are_ranges_and_said_in_words():
    told = {}
    for code, name, category, rows in over_time_of_all():
        known = course.course(rows, name)
        known = known[known["value"].notna() & (known["period_start"] == known["period_end"])]
        pairs = plain_conflicts(known.to_dict("records"))
        drawn = over_time.trend(View("damage", "en", area=code, indicator=name, category=category), rows)
        ranges = {(low, high) for _, _, low, high in drawn.ranges}
        if pairs:
            assert {min(low for low, _ in pairs), max(high for _, high in pairs)} <= {
                end for one in ranges for end in one
            }
            assert "contradict one another" in drawn.title
            told[code, name] = ranges
    assert told["UA", "claims_recorded"] == {(12_000, 22_000)}
    assert told["UA", "idps_registered"] == {(3_700_000, 4_594_254)}
    assert ("UA", "claims_submitted") not in told and ("UA", "damage_usd") not in told, "growth is no contradiction"


def test_conflict_is_a_bar_of_the_chart_with_a_name_in_its_legend():
    rows = unit.cells("UA")
    rows = rows[(rows["indicator"] == "claims_recorded") & (rows["category"] == "")]
    figure = screen.lines(over_time.trend(View("overview", "uk", indicator="claims_recorded"), rows), "uk")
    bar = next(trace for trace in figure.data if trace.name == words.say("finding.conflict_bar", "uk"))
    assert {value for value in bar.y if value is not None} == {12_000, 22_000}


def test_a_break_parts_a_series():
    frame = data.cells("idps_registered")
    row = frame[frame["territory_code"] == "UA63"].iloc[0].to_dict() | {"qualifier": ""}
    days = pd.date_range("2025-01-31", periods=6, freq="ME")
    rows = [
        row | {"period_start": day, "period_end": day, "value": 9.0 + at, "status": "b" if at == 3 else ""}
        for at, day in enumerate(days)
    ]
    parts = course.course(pd.DataFrame(rows), "idps_registered")
    assert parts["joined"].all() and list(parts.groupby("series").size()) == [3, 3]
    figure = screen.lines(
        over_time.trend(View("damage", "uk", area="UA63", indicator="idps_registered"), pd.DataFrame(rows)), "uk"
    )
    assert [len(trace.x) for trace in figure.data] == [3, 3]
    assert not course.course(pd.DataFrame(rows[:5]), "idps_registered").groupby("series")["joined"].any().all()


def inside(values, axis) -> bool:
    low, high = axis.range
    convert = pd.Timestamp if isinstance(low, pd.Timestamp | str) or hasattr(low, "year") else float
    return all(
        convert(low) <= convert(value) <= convert(high) for value in values if value == value and value is not None
    )


def test_no_value_lies_off_an_axis_over_time():
    for code, name, category, rows in over_time_of_all():
        drawn = over_time.trend(View("damage", "uk", area=code, indicator=name, category=category), rows)
        if drawn.rows.empty:
            continue
        figure = screen.lines(drawn, "uk")
        shown = {
            (value, day)
            for trace in figure.data
            if trace.customdata is not None
            for value, day in zip(trace.y, trace.x, strict=True)
        }
        known = drawn.rows.dropna(subset="value")
        assert {value for value, _ in shown} >= set(known["value"]), (code, name)
        for trace in figure.data:
            assert inside(trace.x, figure.layout.xaxis), (code, name)
            assert trace.yaxis == "y2" or inside(trace.y, figure.layout.yaxis), (code, name)


@pytest.mark.parametrize("indicator", sorted(data.registry()))
def test_no_bar_or_circle_lies_off_its_frame(indicator):
    for view in views(indicator):
        shown = snapshot.snapshot(view)
        if not shown.charted or view.period:
            continue
        drawn = communities.ranked(communities.marks(view, shown), "uk") if view.level else marks.oblasts(view, shown)
        if len(drawn.rows):
            figure = screen.bars(drawn)
            assert inside(figure.data[0].x, figure.layout.xaxis)
            longest = max(map(len, figure.data[0].text))
            assert figure.layout.margin.r >= 7.5 * longest, "a number runs out of the frame"
        if view.level and shown.mapped:
            figure = communities.seat_map(communities.marks(view, shown), True, "uk")
            for trace in (trace for trace in figure.data if trace.customdata is not None):
                here = [at for at, row in enumerate(trace.customdata) if str(row[0]).startswith(view.area)]
                assert inside([trace.x[at] for at in here], figure.layout.xaxis)
                assert inside([trace.y[at] for at in here], figure.layout.yaxis)


def test_communities_without_data_are_faint_dots_counted_in_words():
    view = View("damage", "en", indicator="buildings_damaged_radar", level="hromada")
    drawn = communities.marks(view, snapshot.snapshot(view))
    unknown = next(trace for trace in communities.seat_map(drawn, True, "en").data if trace.name == "x")
    assert unknown.marker.symbol == "circle" and unknown.marker.size <= 3 and unknown.marker.opacity <= 0.4
    _, shapes = communities.legend(drawn, True, "en", "7 May 2025", str)
    assert ("·", "no data: 1,756 communities") in shapes
    assert not [letter for letter, _ in shapes if letter == "×"]


def test_missing_oblasts_look_unlike_the_lightest_class():
    view = View("damage", "uk", indicator="urban_share")
    drawn = marks.oblasts(view, snapshot.snapshot(view))
    colours = maps.class_colours(drawn)
    missing = {colour for colour, value in zip(colours, drawn.rows["value"], strict=True) if value != value}
    assert len(missing) == 1 and missing.isdisjoint(maps.shades(drawn))
