"""One function for each question, one SELECT each. `visible_cells` is the one rule of who sees what."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, and_, case, exists, func, inspect, literal, or_, select, true

from data_access import editing_tables as e
from data_access import record_tables
from data_access import tables as t
from data_access.audience import PUBLIC, Audience
from data_access.codes import CITIES
from data_access.engine import Database, explained
from data_access.frames import FRAME_COLUMNS, Frame, frame_of
from data_access.reading import read_frame, read_rows
from data_access.releases import Release, holds, release_id


def visible_cells(audience: Audience, at: ColumnElement[int | None] | int) -> ColumnElement[bool]:
    """The condition on `cell` under which this audience sees it in release `at` (an id).

    public: public cells. member of X: members' cells of X, public cells elsewhere. coordinator, editor:
    members' cells. Where no members' cell of the same key exists, the public one is seen.
    """
    in_release = holds(t.cell, at)
    public = and_(in_release, t.cell.c.audience == "public")
    if audience.kind == "public":
        return public
    members = and_(in_release, t.cell.c.audience == "members")
    own = t.cell.c.territory_code == audience.community
    twin = _has_members_twin(at)
    if audience.kind == "member":
        return or_(and_(members, own), and_(public, ~and_(own, twin)))
    return or_(members, and_(public, ~twin))


def _ever_visible(audience: Audience) -> ColumnElement[bool]:
    """The condition on `cell` under which this audience sees it, or one of its key, in some release."""
    if audience.kind == "public":
        return t.cell.c.audience == "public"
    own = t.cell.c.territory_code == audience.community
    return or_(t.cell.c.audience == "public", own) if audience.kind == "member" else true()


def cells(
    db: Database,
    indicator: str,
    *,
    audience: Audience = PUBLIC,
    release: Release | str | None = None,
    areas: Collection[str] | None = None,
    level: str | None = None,
    breakdown: str | None = "",
    since: date | None = None,
    until: date | None = None,
) -> Frame:
    """Cells of one indicator that the audience may see, as a Frame in the order of KEY.

    `release`: a Release or its name; None = the newest. `areas`: P-codes. `level`: one level of territory.
    `breakdown`: '' = totals, a name = its categories, None = all. `since`, `until`: days; a cell is
    taken when its period touches them. Raises UnknownRelease, DatabaseProblem.
    """
    c = t.cell.c
    wanted = select(*(c[name] for name in FRAME_COLUMNS)).where(
        c.indicator == indicator, visible_cells(audience, release_id(db, release))
    )
    if areas is not None:
        wanted = wanted.where(c.territory_code.in_(sorted(areas)))
    if level is not None:
        wanted = wanted.join(t.territory).where(t.territory.c.level == level)
    if breakdown is not None:
        wanted = wanted.where(c.breakdown == breakdown)
    if since is not None:
        wanted = wanted.where(c.period_end >= since)
    if until is not None:
        wanted = wanted.where(c.period_start <= until)
    return frame_of(read_rows(db, wanted.order_by(*(c[name] for name in t.KEY))), FRAME_COLUMNS)


def unit_cells(
    db: Database, territory_code: str, *, audience: Audience = PUBLIC, release: Release | str | None = None
) -> Frame:
    """All cells of one territory that the audience may see, as a Frame in the order of KEY.

    Every indicator, breakdown, source and period. `release`: a Release or its name; None = the newest.
    Raises UnknownRelease, DatabaseProblem.
    """
    c = t.cell.c
    wanted = select(*(c[name] for name in FRAME_COLUMNS)).where(
        c.territory_code == territory_code, visible_cells(audience, release_id(db, release))
    )
    return frame_of(read_rows(db, wanted.order_by(*(c[name] for name in t.KEY))), FRAME_COLUMNS)


def coverage(db: Database, *, audience: Audience = PUBLIC, release: Release | str | None = None) -> pd.DataFrame:
    """What is known of each indicator at each level: `cells`, `territories` (with a value), first and last dates.

    Columns: indicator, level, cells, territories, first_as_of, last_as_of, last_published_on.
    """
    c = t.cell.c
    with_value = func.count(case((c.value.is_not(None), c.territory_code)).distinct())
    wanted = (
        select(
            c.indicator,
            t.territory.c.level,
            func.count().label("cells"),
            with_value.label("territories"),
            func.min(c.as_of).label("first_as_of"),
            func.max(c.as_of).label("last_as_of"),
            func.max(c.published_on).label("last_published_on"),
        )
        .join(t.territory)
        .where(visible_cells(audience, release_id(db, release)))
        .group_by(c.indicator, t.territory.c.level)
        .order_by(c.indicator, t.territory.c.level)
    )
    return read_frame(db, wanted)


def territories(db: Database) -> pd.DataFrame:
    """All territories: code, parent_code, level, katottg, iso, names, kind, lat, lon, area_km2, settlements."""
    return read_frame(db, select(t.territory).order_by(t.territory.c.code))


def territory_names(db: Database) -> pd.DataFrame:
    """Older names: code, name_uk, name_en, until (NaT where unknown), source_id."""
    c = t.territory_name.c
    return read_frame(db, select(c.code, c.name_uk, c.name_en, c.until, c.source_id).order_by(c.code, c.name_uk))


def sources(db: Database, *, audience: Audience = PUBLIC) -> pd.DataFrame:
    """Sources of the cells that the audience sees in any release, and of lists that everybody may see.

    Columns: source_id, title, published_on (ISO, may be partial or ''), url, kind, publisher_uk/en, licence_uk/en.
    """
    mine = t.source.c.source_id
    told_by = [t.territory_status.c.source_id, t.territory_name.c.source_id, t.territory.c.member_source_id]
    told_by.append(e.association_fact.c.source_id)
    listed = literal(" ") + e.register_category.c.source_ids + " "
    in_list = func.replace(listed, literal(" ") + mine + " ", "") != listed
    cited = mine.in_(select(t.cell.c.source_id).where(_ever_visible(audience)))
    told = (mine.in_(select(column)) for column in told_by)
    return read_frame(db, select(t.source).where(or_(cited, exists().where(in_list), *told)).order_by(mine))


def sources_by_indicator(
    db: Database, *, audience: Audience = PUBLIC, release: Release | str | None = None
) -> pd.DataFrame:
    """How many values of each indicator come from each source. Columns: indicator, source_id, cells.

    A mark without a value does not count. Raises UnknownRelease, DatabaseProblem.
    """
    c = t.cell.c
    seen = and_(visible_cells(audience, release_id(db, release)), c.value.is_not(None))
    wanted = select(c.indicator, c.source_id, func.count().label("cells")).where(seen)
    return read_frame(db, wanted.group_by(c.indicator, c.source_id).order_by(c.indicator, c.source_id))


def producers(db: Database) -> pd.DataFrame:
    """Who produced figures: producer, name_uk, name_en."""
    return read_frame(db, select(t.producer).order_by(t.producer.c.producer))


def status_periods(db: Database, territory_code: str) -> pd.DataFrame:
    """Official periods of hostilities and occupation at, above or within a territory, oldest first.

    Columns: edition_on, unit_katottg, status, start_on, end_on (the last day; NaT = open), code (of the
    territory concerned), unit_name_uk, unit_kind, hromada_code, scope, source_id. Only the newest edition.
    """
    c = t.territory_status.c
    newest = select(func.max(c.edition_on)).scalar_subquery()
    above = [territory_code[:size] for size in (2, 4, 6, 9) if size <= len(territory_code)]
    wanted = select(t.territory_status).where(
        c.edition_on == newest, or_(c.code.in_(above), c.code.startswith(territory_code))
    )
    return read_frame(db, wanted.order_by(c.start_on, c.code, c.unit_katottg, c.status))


def register_categories(db: Database) -> pd.DataFrame:
    """Categories of the Register of Damage; where sources disagree, one row for each state.

    Columns: code, claimant_group, title_uk, title_en ('' where unknown), title_confirmed (bool), state, since
    (ISO, may be partial), seen_on (the day on which a source said so), source_ids (separated by spaces).
    """
    c = e.register_category.c
    names = ("code", "claimant_group", "title_uk", "title_en", "title_confirmed", "state", "since", "seen_on")
    wanted = select(*(c[name] for name in (*names, "source_ids")))
    return read_frame(db, wanted.order_by(c.claimant_group, c.code, c.seen_on, c.state))


def association_facts(db: Database) -> pd.DataFrame:
    """What is known of the Association itself, oldest first.

    Columns: fact (its code: founding, head, priorities, …), text_uk, text_en, as_of, source_id.
    """
    c = e.association_fact.c
    wanted = select(c.fact, c.text_uk, c.text_en, c.as_of, c.source_id)
    return read_frame(db, wanted.order_by(c.as_of, c.fact))


def training(db: Database) -> bool:
    """Whether the figures are synthetic: the database says so of itself (`about.training`), no setting does."""
    c = record_tables.about.c
    with explained(db.engine):
        known = inspect(db.engine).has_table(record_tables.about.name)
    return known and bool(read_rows(db, select(c.value).where(c.name == "training")))


def boundaries(db: Database, level: str) -> str:
    """Outlines of raions or hromadas as GeoJSON (a feature a unit: its code, exterior rings clockwise), '' where none.

    Kyiv and Sevastopol, which have neither, stand among both where a file has outlined them.
    """
    outline = e.boundary.c
    wanted = select(outline.territory_code, outline.geometry, outline.attribution).join(t.territory)
    rows = read_rows(db, wanted.where(_on_map_of(level)).order_by(outline.territory_code))
    if not rows:
        return ""
    feature = '{{"type":"Feature","id":{0},"properties":{{"code":{0}}},"geometry":{1}}}'
    features = ",".join(feature.format(json.dumps(code), geometry) for code, geometry, _ in rows)
    said = json.dumps("; ".join(sorted({attribution for *_, attribution in rows if attribution})), ensure_ascii=False)
    return f'{{"type":"FeatureCollection","attribution":{said},"features":[{features}]}}'


def boundaries_version(db: Database, level: str) -> int:
    """Number of the newest batch that drew an outline of this level; 0 where there is none."""
    newest = select(func.max(e.boundary.c.batch_id)).join(t.territory).where(_on_map_of(level))
    return read_rows(db, newest)[0][0] or 0


def _on_map_of(level: str) -> ColumnElement[bool]:
    return or_(t.territory.c.level == level, t.territory.c.code.in_(CITIES))


def _has_members_twin(at: ColumnElement[int | None] | int) -> ColumnElement[bool]:
    twin = t.cell.alias("twin")
    same = and_(*(twin.c[name] == t.cell.c[name] for name in t.KEY))
    return exists(select(1).where(same, twin.c.audience == "members", holds(twin, at)).correlate(t.cell))
