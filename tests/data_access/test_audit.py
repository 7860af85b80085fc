"""The auditor finds what a reader can work out, and nothing where figures are protected."""

from datetime import date, datetime

import pytest
from sqlalchemy import insert

pytest.importorskip("scipy")

from data_access import tables as t
from data_access.__main__ import main
from data_access.codes import OBJECT_TYPES
from data_access.indicators import rules
from data_access.pipeline.audit import audit as auditing
from data_access.pipeline.audit.audit import audit, block_of, member_findings, public_findings
from data_access.pipeline.audit.sums import name_of
from data_access.pipeline.publish.cells import NewCell
from tests.support.small import DERHACHI, IZIUM, KHARKIV

RULE = rules()["damaged_objects"]
DAY = date(2026, 9, 30)
SAFE = {KHARKIV: {"residential": 3, "education": 2, "roads": 12}, IZIUM: {"residential": 1, "health": 4}}


def cell(code, category, count, *, audience="public", hide=False) -> NewCell:
    small = audience == "public" and (count < 5 or hide)
    value = float(count) if audience == "members" else 5.0 * int(count / 5 + 0.5)
    where = ("objects_damaged", code, DAY, DAY, "month", "type" if category else "", category)
    shown = {"value": None if small else value, "status": "c" if small else ""}
    return NewCell(*where, "", "objects", "minsocpol", "s1", audience, **shown)


def country(communities: dict[str, dict[str, int]], hide=()) -> list[NewCell]:
    """The cells of an oblast and its communities; `hide`: (community, type) hidden with another."""
    oblast = {kind: sum(own.get(kind, 0) for own in communities.values()) for kind in OBJECT_TYPES}
    made = []
    for code, own in {"UA63": oblast, **communities}.items():
        for kind in ("", *OBJECT_TYPES):
            count = own.get(kind, 0) if kind else sum(own.values())
            made.append(cell(code, kind, count, hide=(code, kind) in hide))
            if len(code) > 4:
                made.append(cell(code, kind, count, audience="members"))
    return made


def found(cells, **tricks):
    return public_findings(block_of(cells, RULE, **tricks))


def of_members(cells, **tricks):
    block = block_of(cells, RULE, **tricks)
    return member_findings(block, sorted(block.own))


def test_protected_table_has_no_finding():
    assert found(country(SAFE)) == []


def test_exact_totals_leak():
    own = {KHARKIV: {"residential": 4, "education": 4, "health": 4, "culture": 4, "administrative": 4, "industry": 4}}
    own[KHARKIV] |= {"commerce": 4, "agriculture": 4, "roads": 4, "other": 4}
    assert found(country(own), exact_totals=True)
    assert [one.lowest for one in found(country(own), exact_totals=True)][:1] == [4]


def move(category, persons) -> NewCell:
    where = ("migration_in", "UA63", DAY, DAY, "month", "from_oblast" if category else "", category)
    status = "" if persons else "c"
    return NewCell(*where, "", "persons", "op", "s1", value=persons, status=status)


def test_two_kinds_of_hidden_marks_leak():
    cells = [move("", 40.0), move("oblast_UA01", None), move("oblast_UA80", None)]
    rule = rules()["operator"]
    assert public_findings(block_of(cells, rule)) == []
    known = {name_of(one) for one in cells if one.category}
    told = public_findings(block_of(cells, rule, secondary=known))
    assert [(one.lowest, one.highest) for one in told] == [(20, 24)] * 2  # 35..44 less at least 20


def test_a_members_exact_row_with_exact_totals_leaks():
    units = {KHARKIV: 4, IZIUM: 3, DERHACHI: 0}
    cells = [cell("UA63", "", 7), *(cell(code, "", n) for code, n in units.items())]
    cells += [cell(code, "", n, audience="members") for code, n in units.items()]
    assert found(cells) == of_members(cells) == []
    exact = [cells[0]._replace(value=7.0), *cells[1:]]
    assert found(exact, exact_totals=True) == []
    told = {(one.audience, one.territory): (one.lowest, one.highest) for one in of_members(exact, exact_totals=True)}
    assert told[f"the member of {DERHACHI}", KHARKIV] == (3, 4)


def test_a_finding_says_where_and_what_to_do():
    one = auditing.Finding("objects_damaged", "UA63", (DAY, DAY), "type", "roads", "the public", 7, 9, 5)
    assert "UA63" in str(one) and "roads" in str(one) and "7..9" in str(one) and "withdraw" in str(one)


def stored(engine, cells) -> None:
    with engine.begin() as connection:
        row = {"id": 99, "name": "2026.11.99", "published_at": datetime(2026, 11, 2), "cells": len(cells)}
        connection.execute(insert(t.release).values(row))
        connection.execute(insert(t.cell), [{**one._asdict(), "from_release": 99, "as_of": DAY} for one in cells])


def test_a_stored_release_is_audited(engine):
    stored(engine, country(SAFE | {DERHACHI: {"residential": 2}}))
    assert audit(engine, "2026.11.99", public=True) == []
    told = audit(engine, "2026.11.99", member=IZIUM)  # her 4 are all that a hidden figure of her oblast can hold
    assert ("UA63", "health", 4, 4) in {(one.territory, one.category, one.lowest, one.highest) for one in told}


def test_exit_codes(engine, small_url, monkeypatch, capsys):
    stored(engine, country(SAFE))
    assert main(["audit", "2026.11.99", "--public", "--url", small_url]) == 0
    assert main(["audit", "2026.11.99", "--member", IZIUM, "--url", small_url]) == 1
    assert main(["audit", "2026.12.99", "--url", small_url]) == 1
    one = auditing.Finding("objects_damaged", "UA63", (DAY, DAY), "type", "roads", "the public", 7, 9, 5)
    monkeypatch.setattr(auditing, "public_findings", lambda block: [one])
    capsys.readouterr()
    assert main(["audit", "newest", "--public", "--url", small_url]) == 1
    assert str(one) in capsys.readouterr().err


def test_no_protected_indicator_is_said(engine, small_url, monkeypatch, capsys):
    stored(engine, country(SAFE))
    monkeypatch.setattr(auditing, "protected", dict)
    assert main(["audit", "newest", "--url", small_url]) == 0
    assert "nothing to audit" in capsys.readouterr().out
