"""The commands of releases: publish, correct, withdraw, audit, releases. What they do stands beside them."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, select

from data_access import Database, connect, releases, training
from data_access import tables as t
from data_access.engine import explained, writing_engine

if TYPE_CHECKING:
    from data_access.pipeline.edit.figure_choice import Choice
    from data_access.pipeline.publish.freeze import Published

log = logging.getLogger(__name__)
Run = Callable[[argparse.Namespace], int | None]
TRAINING = "НАВЧАЛЬНІ ДАНІ · TRAINING DATA: everything in this database is invented."


def opened(url: str | None) -> Database:
    """The database, which says first that its records are synthetic where they are. Raises DatabaseProblem."""
    db = connect(url)
    if training(db):
        log.warning(TRAINING)
    return db


def add_commands(add: Callable[[str, Run, str], argparse.ArgumentParser]) -> None:
    """Add the commands; `add(name, run, words)` makes one."""
    publish = add("publish", run_publish, "freeze what is loaded as a release that readers see")
    publish.add_argument("--note", default="", help="one line for the list of releases")
    publish.add_argument("--dry-run", action="store_true", help="only show what would change")
    correct = add("correct", run_correct, "record a correction, shown to readers")
    withdraw = add("withdraw", run_withdraw, "turn a figure into [s] in every release")
    for command, required in ((correct, True), (withdraw, False)):
        _figure_arguments(command, required=required)
    withdraw.add_argument("--figure-id", default="", help="instead of indicator, area and day")
    withdraw.add_argument("--yes", action="store_true", help="do it; without, it is only told")
    audit = add("audit", run_audit, "what a reader could work out; 1 on findings")
    audit.add_argument("release", help="name of the release, or newest")
    audit.add_argument("--public", action="store_true", help="only what the public could")
    audit.add_argument("--member", default="", metavar="CODE", help="and this community (P-code or KATOTTG), no other")
    add("releases", run_releases, "list the releases")


def run_publish(given: argparse.Namespace) -> None:
    """Show what changes, and freeze it as a release unless it is a dry run."""
    from data_access.pipeline.publish.release import edition_warning, publish

    with _writing(given) as engine:
        done = publish(engine, given.note, dry_run=given.dry_run)
        with explained(engine), engine.connect() as connection:
            _tell(connection, done)
            old_edition = edition_warning(connection, datetime.now(UTC))
        print(f"{done}{' (dry run: nothing was published)' if given.dry_run else ''}")
        if old_edition:
            log.warning(old_edition)


def run_correct(given: argparse.Namespace) -> None:
    """Record a correction after its right value has been loaded."""
    from data_access.pipeline.edit.correction import correct

    given.breakdown, given.category = given.breakdown or "", given.category or ""
    with _writing(given) as engine:
        done = correct(engine, _choice(given), given.reason_uk, given.reason_en)
        if done.published:
            with explained(engine), engine.connect() as connection:
                _tell(connection, done.published)
            print(done.published)
        print(done)


def run_withdraw(given: argparse.Namespace) -> None:
    """Say what would be withdrawn; do it with --yes."""
    from data_access.pipeline.edit.withdrawal import withdraw

    with _writing(given) as engine:
        done = withdraw(engine, _choice(given), given.reason_uk, given.reason_en, only_show=not given.yes)
    for figure in done.figures:
        print("  " + ", ".join(str(part) for part in figure if part != ""))
    if done.releases:
        print(f"  Releases: {', '.join(done.releases)}")
    print(done if given.yes or not done.figures else f"It would be so: {done}")
    for warning in done.disclosures:
        log.warning(warning)
    if done.figures and not given.yes:
        log.warning("Nothing was withdrawn yet. It cannot be taken back; to do it, repeat the command with --yes.")


def run_audit(given: argparse.Namespace) -> int:
    """Tell what readers could narrow too far; 1 when there is anything."""
    from data_access.pipeline.audit.audit import audit, protected

    name = None if given.release == "newest" else given.release
    engine = opened(given.url).engine
    found = audit(engine, name, member=given.member[:9], public=given.public)
    for finding in found:
        log.warning(finding)
    if not protected():
        print("No indicator has a rule that hides small counts; there is nothing to audit.")
    else:
        print(f"Figures that can be worked out: {len(found)}." if found else "No hidden figure can be worked out.")
    return 1 if found else 0


def run_releases(given: argparse.Namespace) -> None:
    """List the releases, newest first."""
    found = releases(opened(given.url))
    for row in found.itertuples():
        counts = f"{row.new} new, {row.changed} changed, {row.vanished} vanished"
        when = f"{row.published_at:%Y-%m-%d %H:%M} UTC"
        print(f"{row.name:<12}{when}  {row.cells:>8} cells  {counts}  {row.note}".rstrip())
    if found.empty:
        print("Nothing has been published yet.")


@contextmanager
def _writing(given: argparse.Namespace) -> Iterator[Engine]:
    """A writing engine on a database that is there and has this program's tables."""
    opened(given.url).close()
    engine = writing_engine(given.url)
    try:
        yield engine
    finally:
        engine.dispose()


def _tell(connection: Connection, done: Published) -> None:
    """Print what a publication changes, and warn."""
    from data_access.pipeline.publish.difference import told, warnings

    names = dict(connection.execute(select(t.territory.c.code, t.territory.c.name_en)).all())
    for line in (*filter(None, [done.news]), *told(done.difference, names)):
        print(line)
    print(f"Communities whose peer group changes: {done.regrouped}.")
    for warning in warnings(done.difference):
        log.warning(warning)


def _figure_arguments(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument("--indicator", required=required, default="", help="id of the indicator")
    command.add_argument("--area", required=required, default="", help="P-code or KATOTTG of the territory")
    command.add_argument("--as-of", required=required, type=_day, metavar="DAY", help="last day of the figure's period")
    command.add_argument("--source", help="source_id, where several published the figure")
    command.add_argument("--breakdown", help="name of the breakdown; correct: none means the total")
    command.add_argument("--category", help="category of the breakdown")
    for lang in ("uk", "en"):
        command.add_argument(f"--reason-{lang}", required=True, help="shown to readers; never what it was")


def _choice(given: argparse.Namespace) -> Choice:
    from data_access.pipeline.edit.figure_choice import Choice

    names = ("indicator", "area", "as_of", "source", "breakdown", "category")
    if getattr(given, "figure_id", ""):
        return Choice(figure_id=given.figure_id)
    return Choice(**{name: getattr(given, name) for name in names})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2025-06-05") from None
