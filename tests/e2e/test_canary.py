"""Canaries in records of one community: nothing that the public or another mayor can reach holds one of them."""

import re
import shutil
import struct
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select

from data_access import PUBLIC, Audience, cells, connect, indicators, object_tables, project_tables, record_tables
from data_access import tables as t
from data_access.engine import writing_engine
from data_access.pipeline.publish.release import publish
from tests.support.run import in_languages
from tests.support.server import dashboard, health
from tests.support.visit import Visit

PLACE, OTHER = "UA6304005", "UA6312027"  # Izium, and its neighbour Kharkiv
SOURCE = "canary_register"
COUNT, PEOPLE, CLAIMED, BUDGET = 7_654_321, 6_283_187, 5_271_009, 8_675_309_123
NUMBERS = (COUNT, PEOPLE, CLAIMED, BUDGET)
WORDS = ("CANARY", "КАНАРКА", "98761234", "49.1937512")
ADDRESSES = ("/", "/damage", "/displacement", "/reconstruction", "/compare", "/community", "/sources")
MONTH = date(2025, 6, 1)


@pytest.fixture(scope="module")
def planted(sample_database, tmp_path_factory) -> str:
    """The published figures, and records of every kind with a canary in each; published. Returns the URL."""
    path = shutil.copy(sample_database, tmp_path_factory.mktemp("canary") / "canary.db")
    engine = writing_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for table, row in _records(_batch(connection)):
            connection.execute(insert(table).values(source_id=SOURCE, **row))
    publish(engine)
    engine.dispose()
    return f"sqlite:///{path}"


def _batch(connection) -> int:
    connection.execute(insert(t.source).values(source_id=SOURCE, title="Register"))
    connection.execute(insert(t.producer).values(producer=SOURCE, name_uk="Реєстр", name_en="Register"))
    counts = dict.fromkeys(("rows", "added", "changed", "removed"), 1)
    moment = datetime.now(UTC).replace(tzinfo=None)
    row = {"kind": "damaged-objects", "file_name": "CANARY.csv", "state": "loaded", "loaded_at": moment}
    return connection.execute(insert(t.batch).values(**row, **counts)).inserted_primary_key[0]


def _records(batch_id: int):
    tally = {"damaged_month": MONTH, "severity": "destroyed", "costed_uah": COUNT, "cost_uah": float(BUDGET)}
    tally |= {"costed_usd": 0}
    yield object_tables.damage_tally, {**tally, "territory_code": PLACE, "object_type": "residential", "objects": COUNT}
    yield (
        object_tables.damage_tally,
        {**tally, "territory_code": OTHER, "object_type": "residential", "objects": 3, "cost_uah": 3.0},
    )
    yield object_tables.report_tally, {"damaged_month": MONTH, "reported_month": MONTH, "objects": COUNT + 3}
    named = {"object_id": "CANARY-1", "owner_edrpou": "98761234", "lat": 49.1937512, "lon": 37.2, "batch_id": batch_id}
    kinds = {"object_type": "residential", "severity": "destroyed", "sector": "housing", "evidence": "none"}
    days = {"damaged_on": MONTH, "reported_on": MONTH, "owner_kind": "communal"}
    yield object_tables.damaged_object, {"territory_code": PLACE, **named, **kinds, **days}
    project = {
        "project_id": "CANARY-P",
        "title_uk": "КАНАРКА",
        "stage": "funded",
        "sector": "energy",
        "currency": "uah",
    }
    project |= {"restricted": True, "budget": float(BUDGET), "updated_on": MONTH, "batch_id": batch_id}
    yield project_tables.project, {"territory_code": PLACE, **project}
    yield (
        project_tables.project,
        {"territory_code": OTHER, **project, "project_id": "2", "budget": 17.0, "restricted": False},
    )
    yield (
        project_tables.project_contract,
        {"project_id": "CANARY-P", "number": 1, "supplier": "КАНАРКА", "amount": float(BUDGET)},
    )
    activity = {"activity_id": "CANARY-A", "organisation": "КАНАРКА", "sector": "aid_food", "item": "CANARY"}
    yield (
        record_tables.aid_activity,
        {"territory_code": PLACE, **activity, "start_on": MONTH, "people": PEOPLE, "batch_id": batch_id},
    )
    claim = {"category": "B1.1", "as_of": MONTH, "eligible": CLAIMED, "batch_id": batch_id}
    yield record_tables.claim_file, {"territory_code": PLACE, **claim}


def variants(number: int) -> list[bytes]:
    """The number as it may be written: plain, with any separator, as a double in a binary message."""
    plain = str(number)
    grouped = f"{number:,}"
    seen = {plain, *(grouped.replace(",", sign) for sign in (",", " ", "\xa0", "\u202f", "&nbsp;"))}
    return [*(text.encode() for text in seen), struct.pack("<d", number), struct.pack("<q", number)]


def found(content: bytes) -> list[str]:
    words = [word for word in WORDS if word.encode() in content]
    return words + [str(number) for number in NUMBERS if any(text in content for text in variants(number))]


@pytest.mark.parametrize("audience", [PUBLIC, Audience("member", OTHER)], ids=["public", "another mayor"])
def test_no_frame_holds_a_canary(planted, audience):
    db = connect(planted)
    values = {
        value for name in indicators() for value in cells(db, name, audience=audience, breakdown=None)["value"].dropna()
    }
    assert len(values) > 1000 and not values & set(map(float, NUMBERS))


def test_the_community_itself_and_the_coordinators_do_see_them(planted):
    db = connect(planted)
    for audience in (Audience("member", PLACE), Audience("coordinator")):
        frame = cells(db, "objects_damaged", audience=audience)
        assert float(COUNT) in set(frame["value"])
        assert float(CLAIMED) in set(cells(db, "claim_objects_eligible", audience=audience)["value"])


def test_no_page_message_file_or_log_holds_a_canary(planted, tab_at, tmp_path):
    with writing_engine(planted).connect() as connection:
        area = connection.scalar(select(t.territory.c.katottg).where(t.territory.c.code == PLACE))
    log, met = tmp_path / "log.txt", {}
    with dashboard(planted, log) as base:
        assert health(base)["status"] == "ok"
        for address, unit, lang in in_languages(ADDRESSES, ["", f"&area={area}"]):
            met[f"{address}?lang={lang}{unit}"] = visited(tab_at(base), f"{address}?lang={lang}{unit}")
        if (seen := f"/community?lang=en&area={area}") not in met:
            met[seen] = visited(tab_at(base), seen)
    assert {where: hits for where, content in met.items() if (hits := found(content))} == {}
    assert all(len(content) > 10_000 for content in met.values())
    assert f"{COUNT // 5 * 5:,}".encode() in met[seen]  # so it would have been seen
    assert found(log.read_bytes()) == []


def visited(visit: Visit, address: str) -> bytes:
    """All that reaches the browser of a visitor: pages, answers, messages of the socket, what is drawn and hovers."""
    page, heard = visit.page, []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame)))
    page.on("response", lambda answer: heard.append(answer.body()) if _is_ours(answer) else None)
    visit.open(address)
    heard.append(page.content())
    return b"\n".join(part.encode() if isinstance(part, str) else bytes(part) for part in heard)


def _is_ours(answer) -> bool:
    return answer.ok and not re.search(r"\.(js|css|woff2?|png|ico)(\?|$)", answer.url)
