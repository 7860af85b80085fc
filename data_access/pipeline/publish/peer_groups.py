"""Peer groups at publication: a profile of every hromada from the public cells of a release, frozen like cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select, update

from data_access import tables as t
from data_access.communities import peer_profile
from data_access.frames import FRAME_COLUMNS, frame_of, headline
from data_access.indicators import indicators
from data_access.peers import Traits, displaced_band, groups, population_band
from data_access.pipeline.publish.cells import Key, NewCell
from data_access.pipeline.records.bulk import insert_rows
from data_access.releases import holds
from data_access.territorial_status import NO_STATUS, majority

POPULATION, DISPLACED, STATUS = "population", "idps_registered", "settlements_share_by_status"
SHAPING = (POPULATION, DISPLACED, STATUS)
POPULATION_YEAR = 2022  # the last official estimate; bands and shares are of it
CODE_SIZE = 9  # of a hromada


class Profile(NamedTuple):
    """A hromada as peer groups see it; the fields are columns of `peer_profile`."""

    status: str
    population_band: str
    kind: str
    displaced_band: str
    member: bool
    kept: str = ""
    peers: int = 0

    @property
    def traits(self) -> Traits:
        """What is compared."""
        return Traits(*self[:4])


Profiles = dict[str, Profile]  # by P-code
Units = Mapping[str, tuple[str, bool]]  # kind and membership of each hromada


def profiles_of(cells: Iterable[NewCell], units: Units) -> Profiles:
    """The profile of each hromada of `units` by the public ones of these cells; a mark counts as unknown."""
    shaping = [cell for cell in cells if _shapes(cell)]
    population = _shown_first([c for c in shaping if c.period_end.year == POPULATION_YEAR], POPULATION)
    displaced = _shown_first(shaping, DISPLACED)
    statuses = _statuses(shaping, units)
    found = {}
    for code, (kind, member) in units.items():
        persons = population.get(code)
        share = 100 * displaced[code] / persons if persons and code in displaced else None
        bands = population_band(persons), displaced_band(share)
        found[code] = Profile(statuses.get(code, ""), bands[0], kind, bands[1], member)
    return _grouped(found)


def current_profiles(connection: Connection) -> Profiles:
    """The profiles of the newest release."""
    return _stored(connection, peer_profile.c.to_release.is_(None))


def profiles_held(connection: Connection, release_id: int) -> Profiles:
    """The profiles of a release; none for one that is older than peer groups."""
    return _stored(connection, holds(peer_profile, release_id))


def units_now(connection: Connection) -> Units:
    """Kind and membership of each hromada, as loaded now."""
    c = t.territory.c
    rows = connection.execute(select(c.code, c.kind, c.member_source_id).where(c.level == "hromada"))
    return {code: (kind, bool(source)) for code, kind, source in rows}


def worked_out_again(connection: Connection, release_id: int, held: Profiles) -> Profiles:
    """What a release's profiles must be by the cells that it shows now; kind and membership as they are `held`."""
    c = t.cell.c
    shaping = (c.indicator.in_(SHAPING), c.audience == "public", func.length(c.territory_code) == CODE_SIZE)
    wanted = select(*(c[name] for name in NewCell._fields)).where(*shaping, holds(t.cell, release_id))
    cells = [NewCell(*row) for row in connection.execute(wanted)]
    return profiles_of(cells, {code: (one.kind, one.member) for code, one in held.items()})


def regrouped(before: Profiles, after: Profiles) -> int:
    """Of how many hromadas the peers are others than before."""
    older, newer = (groups({code: one.traits for code, one in profiles.items()}) for profiles in (before, after))
    nobody: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())
    return sum(older.get(code, nobody)[1] != newer.get(code, nobody)[1] for code in {*older, *newer})


def write_profiles(connection: Connection, before: Profiles, after: Profiles, release_id: int) -> None:
    """Let the release end the profiles that changed or vanished and begin those that changed or are new."""
    c = peer_profile.c
    ended = [{"ended": code} for code, one in before.items() if after.get(code) != one]
    if ended:
        mine = (c.territory_code == bindparam("ended"), c.to_release.is_(None))
        connection.execute(update(peer_profile).where(*mine).values(to_release=release_id), ended)
    begun = [(code, one) for code, one in sorted(after.items()) if before.get(code) != one]
    rows = [{"territory_code": code, "from_release": release_id, **one._asdict()} for code, one in begun]
    insert_rows(connection, peer_profile, rows)


def forget(connection: Connection, figures: Iterable[Key]) -> None:
    """After a withdrawal of figures (their KEYs): no profile of any release may tell what they were."""
    if not any(indicator in SHAPING and len(code) == CODE_SIZE for indicator, code, *_ in figures):
        return
    numbers = connection.scalars(select(t.release.c.id).order_by(t.release.c.id)).all()
    held = {number: profiles_held(connection, number) for number in numbers}
    connection.execute(delete(peer_profile))
    before: Profiles = {}
    for number, profiles in held.items():
        after = worked_out_again(connection, number, profiles)
        write_profiles(connection, before, after, number)
        before = after


def _stored(connection: Connection, condition: ColumnElement[bool]) -> Profiles:
    c = peer_profile.c
    wanted = select(c.territory_code, *(c[name] for name in Profile._fields)).where(condition)
    return {code: Profile(*fields) for code, *fields in connection.execute(wanted)}


def _grouped(profiles: Profiles) -> Profiles:
    found = groups({code: one.traits for code, one in profiles.items()})
    return {
        code: one._replace(kept=" ".join(found[code][0]), peers=len(found[code][1]) - 1)
        for code, one in profiles.items()
    }


def _shapes(cell: NewCell) -> bool:
    return cell.indicator in SHAPING and cell.audience == "public" and len(cell.territory_code) == CODE_SIZE


def _shown_first(cells: list[NewCell], indicator: str) -> dict[str, float]:
    """The total that readers are shown first, by hromada; none where that is a mark."""
    record = indicators()[indicator]
    totals = [c for c in cells if (c.indicator, c.breakdown, c.coverage, c.unit) == (indicator, "", "", record.unit)]
    if not totals:
        return {}
    frame = frame_of([[getattr(cell, name) for name in FRAME_COLUMNS] for cell in totals], FRAME_COLUMNS)
    first = headline(frame, record)
    known = first[first["value"].notna()]
    return dict(zip(known["territory_code"], known["value"].tolist(), strict=True))


def _statuses(cells: list[NewCell], units: Units) -> dict[str, str]:
    """The status of each hromada's majority; none open where the list does not name it, '' where a share is a mark."""
    shares: dict[str, dict[str, float | None]] = defaultdict(dict)
    for cell in cells:
        if cell.indicator == STATUS:
            shares[cell.territory_code][cell.category] = cell.value
    if not shares:
        return {}
    listed = {}
    for code, by_status in shares.items():
        known = {status: share for status, share in by_status.items() if share is not None}
        listed[code] = majority(known) if len(known) == len(by_status) else ""
    return {code: listed.get(code, NO_STATUS) for code in units}
