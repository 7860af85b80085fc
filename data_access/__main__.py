"""The command line: python -m data_access {init, load, publish, check, releases}.

Results go to standard output, progress and faults to standard error. Exit codes: 0 done; 1 refused, not
possible or not consistent; 2 the command was not understood.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from data_access import DatabaseProblem, RegistryProblem, connect, releases
from data_access.engine import writing_engine

KINDS = (
    "published-values",
    "territories",
    "territory-names",
    "producers",
    "sources",
    "territory-status",
    "members",
    "names",
    "register-categories",
    "boundaries",
)
STARTED = time.monotonic()


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    from data_access.pipeline.files import RejectedFile
    from data_access.pipeline.publication import NothingToPublish

    given = _parser().parse_args(arguments)
    try:
        return given.run(given) or 0
    except RejectedFile as refusal:
        say(f"{refusal}\nNothing was loaded.")
    except (DatabaseProblem, RegistryProblem, NothingToPublish) as problem:
        say(str(problem))
    except OSError as error:
        say(f"{error.filename or 'The file'} cannot be used ({error.strerror}); check its folder, rights and disk.")
    except KeyboardInterrupt:
        say("Interrupted; the database is as it was before.")
    return 1


def say(sentence: str) -> None:
    """Tell the person at the console how it goes."""
    print(sentence, file=sys.stderr, flush=True)


def progress(sentence: str) -> None:
    """The same with the seconds since the start."""
    say(f"[{time.monotonic() - STARTED:5.1f} s] {sentence}")


def run_init(given: argparse.Namespace) -> None:
    """Create or migrate the database, with the sample data if asked."""
    from data_access.pipeline.building import initialise

    print(initialise(given.url, sample_data=given.with_sample_data, say=progress))


def run_load(given: argparse.Namespace) -> None:
    """Load one file (and the sources it names), or only check it."""
    from data_access.pipeline.intake import load

    connect(given.url).close()
    files = [("sources", given.sources)] if given.sources else []
    engine = writing_engine(given.url)
    for done in load(engine, [*files, (given.kind, given.file)], only_check=given.check):
        print(f"{done}{' (checked only, nothing was loaded)' if given.check else ''}")
        for remark in done.remarks:
            print(f"  Note: {remark}")
    engine.dispose()


def run_publish(given: argparse.Namespace) -> None:
    """Compute the cells and freeze them as a release."""
    from data_access.pipeline.publication import edition_warning, publish

    connect(given.url).close()
    engine = writing_engine(given.url)
    done = publish(engine, given.note, say=progress)
    for indicator in sorted({*done.new, *done.changed, *done.vanished}):
        counts = (done.new[indicator], done.changed[indicator], done.vanished[indicator])
        print("  {:<32}{:>8} new {:>8} changed {:>8} vanished".format(indicator, *counts))
    print(done)
    with engine.connect() as connection:
        warning = edition_warning(connection, datetime.now(UTC))
    say(warning) if warning else None
    engine.dispose()


def run_check(given: argparse.Namespace) -> int:
    """Look for inconsistencies; 1 when there are any."""
    from data_access.pipeline.consistency import doubts

    db = connect(given.url)
    found = doubts(db.engine, progress)
    for doubt in found:
        say(doubt)
    print(f"{len(found)} inconsistencies." if found else "Everything is consistent.")
    return 1 if found else 0


def run_releases(given: argparse.Namespace) -> None:
    """List the releases, newest first."""
    found = releases(connect(given.url))
    for row in found.itertuples():
        counts = f"{row.new} new, {row.changed} changed, {row.vanished} vanished"
        print(
            f"{row.name:<12}{row.published_at:%Y-%m-%d %H:%M} UTC  {row.cells:>8} cells  {counts}  {row.note}".rstrip()
        )
    if found.empty:
        print("Nothing has been published yet.")


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
    load.add_argument("file", type=Path, help="CSV or XLSX; GeoJSON for boundaries")
    load.add_argument("--sources", type=Path, help="a sources file to load in the same step")
    load.add_argument("--check", action="store_true", help="check only, load nothing")
    publish = _command(commands, common, "publish", run_publish, "freeze what is loaded as a release that readers see")
    publish.add_argument("--note", default="", help="one line for the list of releases")
    _command(commands, common, "check", run_check, "look for inconsistencies")
    _command(commands, common, "releases", run_releases, "list the releases")
    return parser


def _command(commands, common, name: str, run, words: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, parents=[common], help=words, description=words)
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
