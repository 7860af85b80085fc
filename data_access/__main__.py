"""The command line: python -m data_access COMMAND (init, load, template, training, check, publish, correct, withdraw,
audit, releases).

Results go to standard output, progress and faults to standard error. Exit codes: 0 done; 1 refused, not
possible or not consistent; 2 the command was not understood.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from data_access import DatabaseProblem, RegistryProblem, UnknownRelease, connect, territories
from data_access.engine import writing_engine
from data_access.pipeline import release_commands
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.sheet.kind import Kind

STARTED = time.monotonic()
log = logging.getLogger("data_access")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = _parser().parse_args(arguments)
    with console():
        return _run(given)


def _run(given: argparse.Namespace) -> int:
    """The command; what stands in its way is told in a sentence."""
    from data_access.pipeline.community_return.template import NoForm
    from data_access.pipeline.edit.figure_choice import Refused
    from data_access.pipeline.publish.release import NothingToPublish
    from data_access.pipeline.sheet.faults import RejectedFile

    try:
        return given.run(given) or 0
    except RejectedFile as refusal:
        log.error(refusal.report)
    except (DatabaseProblem, RegistryProblem, UnknownRelease, NothingToPublish, Refused, NoForm) as problem:
        log.error(problem)
    except OSError as error:
        what = f"{error.filename or 'The file'} cannot be used ({error.strerror})"
        log.error(f"{what}; check its folder, rights and disk.")
    except KeyboardInterrupt:
        log.error("Interrupted; the database is as it was before.")
    return 1


class Sentences(logging.Formatter):
    """Progress with the seconds since the start; warnings and faults as plain sentences."""

    def format(self, record: logging.LogRecord) -> str:
        said = record.getMessage()
        return f"[{time.monotonic() - STARTED:5.1f} s] {said}" if record.levelno <= logging.INFO else said


@contextmanager
def console() -> Iterator[None]:
    """While a command runs, standard error shows the person how it goes."""
    shown, level = logging.StreamHandler(), log.level
    shown.setFormatter(Sentences())
    log.addHandler(shown)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(shown)
        log.setLevel(level)


def run_init(given: argparse.Namespace) -> None:
    """Create or migrate the database, with the sample data if asked."""
    from data_access.pipeline.building import initialise

    print(initialise(given.url, sample_data=given.with_sample_data))


def run_load(given: argparse.Namespace) -> None:
    """Load one file (and the sources it names), or only check it."""
    from data_access.pipeline.intake.load import load

    release_commands.opened(given.url).close()
    files = [("sources", given.sources)] if given.sources else []
    engine = writing_engine(given.url)
    how = {"source": given.source, "whole": given.whole, "only_check": given.check}
    for done in load(engine, [*files, (given.kind, given.file)], **how):
        print(done)
    if given.check:
        print("Checked only: nothing was loaded.")
    engine.dispose()


def run_template(given: argparse.Namespace) -> int:
    """Write the empty form of a community's return."""
    from data_access.pipeline.community_return.template import community, month_of, write_template

    db = connect(given.url)
    units: list[dict[Any, Any]] = territories(db).to_dict("records")
    unit = community(units, given.area)
    db.close()
    month = month_of(given.month, date.today()) if given.month else ""
    path = given.out or Path(f"return_{unit['code']}{'_' * bool(month)}{month}.xlsx")
    try:
        write_template(unit, path, lang=given.lang, month=month)
    except FileExistsError:
        log.error(f"{path} is there already and was left as it is; choose another name with --out.")
        return 1
    print(f"{path}: the form for {unit['name_en']}, {unit['katottg']}{', ' * bool(month)}{month}.")
    return 0


def run_training(given: argparse.Namespace) -> None:
    """Make a database of synthetic records."""
    from data_access.pipeline.training.making import make

    last_day = given.until or date.today().replace(day=1) - timedelta(days=1)
    wanted = {"objects": given.objects, "seed": given.seed, "last_day": last_day, "files": given.files}
    print(make(given.out, **wanted))


def run_check(given: argparse.Namespace) -> int:
    """Look for inconsistencies; 1 when there are any."""
    from data_access.pipeline.audit.consistency import doubts

    db = release_commands.opened(given.url)
    found = doubts(db.engine)
    for doubt in found:
        log.warning(doubt)
    print(f"Inconsistencies found: {len(found)}." if found else "Everything is consistent.")
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--url", help="database; default: DATABASE_URL, else the embedded .data/dashboard.db")
    parser = argparse.ArgumentParser(prog="python -m data_access", description="Load, publish and check the figures.")
    commands = parser.add_subparsers(required=True, metavar="command")
    init = _command(commands, common, "init", run_init, "create the database or bring its tables up to date")
    init.add_argument(
        "--with-sample-data", action="store_true", help="fill an empty database with the published figures"
    )
    load = _command(commands, common, "load", run_load, "load a file: all of it or nothing")
    load.add_argument("kind", choices=KINDS, metavar="kind", help=", ".join(KINDS))
    load.add_argument("file", type=Path, help=_formats())
    load.add_argument("--sources", type=Path, help="a sources file to load in the same step")
    load.add_argument("--source", default="", metavar="ID", help="whose records these are: a source_id")
    load.add_argument("--whole", action="store_true", help="these are all records of the source: remove the others")
    load.add_argument("--check", action="store_true", help="check only, load nothing")
    form = _command(commands, common, "template", run_template, "write the empty form of a community's return")
    form.add_argument("kind", choices=("community-return",), metavar="kind", help="community-return")
    form.add_argument("--area", required=True, help="KATOTTG code (or P-code) of the community")
    form.add_argument("--month", default="", help="month reported, as 2026-10; left to be chosen without it")
    form.add_argument("--out", type=Path, help="file to write; default: return_<P-code>.xlsx, with the month if given")
    form.add_argument("--lang", choices=("uk", "en"), default="uk", help="language that stands first")
    training = _command(commands, common, "training", run_training, "make a new database of synthetic records")
    training.add_argument("--objects", type=int, default=20_000, help="number of damaged objects; default: 20000")
    training.add_argument("--seed", type=int, default=1, help="the same seed makes the same records; default: 1")
    training.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="last day; default: of last month")
    training.add_argument("--out", required=True, help="file or URL of the database; it must hold nothing")
    training.add_argument("--files", type=Path, help="folder that keeps the files from which it was made")
    _command(commands, common, "check", run_check, "look for inconsistencies")
    release_commands.add_commands(partial(_command, commands, common))
    return parser


def _formats() -> str:
    """Names the usual types of files, and the kinds that have others."""
    usual = Kind.formats
    others = [f"{kind.formats} for {kind.name.replace('-', ' ')}" for kind in KINDS.values() if kind.formats != usual]
    return f"{usual}; {', '.join(others)}"


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    name: str,
    run: release_commands.Run,
    words: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, parents=[common], help=words, description=words)
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
