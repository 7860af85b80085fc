"""Who sees what: the public, a member, the coordinators; and that nothing is shown by mistake."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert

from data_access import PUBLIC, Audience, cells, coverage, indicators, release, sources_by_indicator
from data_access import tables as t
from data_access.pipeline.publish.release import publish
from tests.support.plain import plainly_visible, stored
from tests.support.small import DERHACHI, FIRST_OF_MAY, KHARKIV

MEMBER = Audience("member", KHARKIV)
COORDINATOR = Audience("coordinator")
EDITOR = Audience("editor")
AUDIENCES = (PUBLIC, MEMBER, COORDINATOR, EDITOR)


@pytest.fixture
def db_for_members(small_db, engine):
    """Cells for both audiences at two communities, some only for members, over two releases."""
    publish(engine, now=FIRST_OF_MAY)
    with engine.begin() as connection:
        connection.execute(
            insert(t.release).values(id=2, name="2026.5.2", published_at=FIRST_OF_MAY, sha256="", note="", cells=0)
        )
        base = dict.fromkeys(("breakdown", "category", "coverage", "qualifier", "status"), "") | {
            "indicator": "homes_lost_residents",
            "precision": "day",
            "unit": "persons",
            "producer": "iom",
            "source_id": "s1",
            "published_on": "",
            "note_uk": "",
            "note_en": "",
            "to_release": None,
        }
        days = (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1))
        wanted = [
            (code, audience, day, start, end)
            for code in (KHARKIV, DERHACHI)
            for audience, day, start, end in (
                ("public", days[0], 1, None),
                ("members", days[0], 1, 2),  # ended: from release 2 on members see the public cell
                ("public", days[1], 1, 2),
                ("public", days[1], 2, None),
                ("members", days[1], 2, None),
                ("members", days[2], 1, None),  # members only
            )
        ]
        connection.execute(
            insert(t.cell),
            [
                base
                | {"territory_code": code, "audience": audience, "period_start": day, "period_end": day, "as_of": day}
                | {"from_release": start, "to_release": end, "value": float(place)}
                for place, (code, audience, day, start, end) in enumerate(wanted)
            ],
        )
    return small_db


@pytest.mark.parametrize("audience", AUDIENCES, ids=lambda a: a.kind)
@pytest.mark.parametrize("at", [1, 2])
def test_each_audience_sees_what_the_rule_says(db_for_members, audience, at):
    chosen = replace(release(db_for_members), id=at)
    found = cells(db_for_members, "homes_lost_residents", audience=audience, release=chosen)
    rows = [row for row in stored(db_for_members) if row["indicator"] == "homes_lost_residents"]
    expected = sorted(row["value"] for row in plainly_visible(rows, audience, at))
    assert sorted(found["value"]) == expected and expected


def test_to_the_public_members_rows_do_not_exist(db_for_members, engine):
    before = [cells(db_for_members, name, breakdown=None) for name in indicators()]
    tables = [coverage(db_for_members), sources_by_indicator(db_for_members)]
    with engine.begin() as connection:
        connection.execute(t.cell.delete().where(t.cell.c.audience == "members"))
    for old, name in zip(before, indicators(), strict=True):
        assert old.equals(cells(db_for_members, name, breakdown=None))
    for table, ask in zip(tables, (coverage, sources_by_indicator), strict=True):
        assert table.equals(ask(db_for_members))


def test_public_unless_said(db_for_members):
    everybody = cells(db_for_members, "homes_lost_residents")
    assert everybody.equals(cells(db_for_members, "homes_lost_residents", audience=PUBLIC))
    assert len(everybody) < len(cells(db_for_members, "homes_lost_residents", audience=COORDINATOR))


def test_a_member_sees_others_as_the_public_does(db_for_members):
    own = cells(db_for_members, "homes_lost_residents", audience=MEMBER)
    public = cells(db_for_members, "homes_lost_residents")
    others = own[own["territory_code"] != KHARKIV].reset_index(drop=True)
    assert others.equals(public[public["territory_code"] != KHARKIV].reset_index(drop=True))


@pytest.mark.parametrize("kind", ["mayor", "", "PUBLIC"])
def test_an_unknown_audience_is_an_error(kind):
    with pytest.raises(ValueError, match="Unknown audience"):
        Audience(kind)


def test_a_member_without_a_community_is_an_error():
    with pytest.raises(ValueError, match="community"):
        Audience("member")
    with pytest.raises(ValueError, match="community"):
        Audience("public", KHARKIV)
