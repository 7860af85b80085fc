"""Measures what pages cost and adds it to docs/benchmarks.md: an empty page, ours, and one of ours drawn naively.

    make bench                                      all of it, about ten minutes
    python tests/bench_pages.py --visitors 20 --seconds 5 --repeats 1 --print     a trial; nothing is written

All are served by this machine in one run, each from a process of its own, and taken in turn; medians.
"""

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a file

from tests.support.server import free_port  # noqa: E402
from tests.support.session import Session  # noqa: E402

TARGET = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- pages -->", "<!-- /pages -->"
NAIVE = ROOT / "tests" / "support" / "naive_page.py"
SCRIPTS = {"empty": 'import streamlit as st\nst.write("x")\n', "naive": NAIVE.read_text("utf-8")}
OPTIONS = {"empty": ["--runner.postScriptGC=false"], "naive": []}  # the empty page as cheap as it can be had
PAGES = ("", "damage", "displacement", "reconstruction", "community", "compare", "sources")
OBLASTS = ("UA14", "UA23", "UA59", "UA63", "UA65", "UA74")
COMMUNITIES = ("UA6312027", "UA2306007", "UA6510015", "UA4806015", "UA1412021")
VIEWS = 60  # warm views of a page
THINK = (2.5, 5.0)  # seconds between two views of a visitor
LOOK = """
window.seen = {};
const look = () => {
  const root = document.getElementById('root'), app = document.querySelector('[data-testid=stMain]');
  const first = document.querySelector('#first h1') || (app && app.innerText.trim() && app);
  if (first && !seen.words) seen.words = performance.now();
  const chart = document.querySelector('.js-plotly-plot .main-svg .trace, .choroplethlayer path');
  if (chart && !seen.chart && getComputedStyle(root).visibility === 'visible') seen.chart = performance.now();
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
BYTES = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


@dataclass
class Server:
    """A dashboard that runs: its host (127.0.0.1:port) and its process."""

    host: str
    process: subprocess.Popen

    def cpu(self) -> float:
        """CPU seconds of the process until now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident MiB of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, nargs="*", default=[200, 300])
    parser.add_argument("--seconds", type=int, default=60, help="how long each number of visitors is held")
    parser.add_argument("--repeats", type=int, default=5, help="fresh browsers for each page")
    parser.add_argument("--print", action="store_true", help="print the result instead of writing it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench") as folder, ExitStack() as stack:
        servers = {name: stack.enter_context(serving(name, Path(folder))) for name in ("empty", "ours", "naive")}
        views = asyncio.run(measured_views(servers))
        browsers = measured_browsers(servers, given.repeats)
        loads = [asyncio.run(held(servers["ours"], count, given.seconds)) for count in given.visitors]
    result = written(views, browsers, loads)
    if given.print:
        print(result)
        return
    before = TARGET.read_text(encoding="utf-8") if TARGET.exists() else "# Benchmarks\n"
    before = re.sub(rf"\n*{BEGIN}.*{END}\n", "", before, flags=re.DOTALL)
    TARGET.write_text(f"{before.rstrip()}\n\n{BEGIN}\n{result}{END}\n", encoding="utf-8")
    say(f"{TARGET.relative_to(ROOT)} is written.")


@contextmanager
def serving(name: str, folder: Path) -> Iterator[Server]:
    """The dashboard, or a script of Streamlit's served as Streamlit does by default."""
    port, place = free_port(), folder / name
    place.mkdir()
    url = f"sqlite:///{folder}/sample.db"
    if not (folder / "sample.db").exists():
        run("data_access", "init", "--with-sample-data", "--url", url)
    settings = {**os.environ, "DATABASE_URL": url, "PORT": str(port), "PYTHONPATH": path_of_packages()}
    command = ["-m", "dashboard"]
    if name in SCRIPTS:
        (place / "page.py").write_text(SCRIPTS[name])
        options = [
            "--server.headless=true",
            "--browser.gatherUsageStats=false",
            "--server.fileWatcherType=none",
            "--server.address=127.0.0.1",
        ]
        command = ["-m", "streamlit", "run", "page.py", f"--server.port={port}", *options, *OPTIONS[name]]
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen([sys.executable, *command], cwd=place, env=settings, stdout=log, stderr=log)
    try:
        wait_for_start(f"http://127.0.0.1:{port}", process, folder / f"{name}.log")
        yield Server(f"127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(30)


def path_of_packages() -> str:
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))


def run(*command: str) -> None:
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def wait_for_start(url: str, process: subprocess.Popen, log: Path) -> None:
    import urllib.request

    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"The server did not start:\n{log.read_text()}")


async def measured_views(servers: dict[str, Server]) -> list[dict]:
    """Messages, kB and CPU of a warm view: the empty page, each of ours, the naive one, in turn."""
    pages = [("empty", ""), *(("ours", f"{page}?lang=uk") for page in PAGES), ("naive", "")]
    pages[4:4] = [("ours", "community?lang=en&area=UA6312027"), ("ours", "compare?lang=uk&area=UA6312027")]
    rows = [await warm_views(servers[name], name, address) for name, address in pages]
    for row in rows:
        row["ratio"] = row["cpu"] / rows[0]["cpu"]
    return rows


async def warm_views(server: Server, name: str, address: str) -> dict:
    async with Session(server.host) as session:
        for _ in range(3):
            await session.view(address)
        before = server.cpu()
        seen = [await session.view(address) for _ in range(VIEWS)]
        cpu = 1000 * (server.cpu() - before) / VIEWS
    if wrong := [fault for one in seen for fault in one.faults]:
        raise SystemExit(f"{name} {address}: {wrong[0]}")
    row = {"name": name, "address": address, "cpu": cpu, "messages": statistics.median(one.messages for one in seen)}
    row |= {"kb": statistics.median(one.bytes for one in seen) / 1000}
    row |= {"ms": 1000 * statistics.median(one.seconds for one in seen)}
    say(f"{name} /{address}: {row['messages']:.0f} messages, {row['kb']:.0f} kB, {row['cpu']:.1f} ms CPU")
    return row


def measured_browsers(servers: dict[str, Server], repeats: int) -> list[dict]:
    """First words and first chart in a fresh browser, in ms, and MB loaded; the pages in turn."""
    pages = [("empty", ""), ("ours", ""), ("ours", "damage"), ("ours", "displacement"), ("naive", "")]
    found: dict[tuple[str, str], list[dict]] = {page: [] for page in pages}
    for _ in range(repeats):
        for name, address in pages:
            found[name, address].append(first_visit(f"http://{servers[name].host}/{address}", chart=name != "empty"))
    rows = []
    for (name, address), seen in found.items():
        medians = {key: statistics.median(one[key] for one in seen) for key in ("words", "chart", "mb")}
        rows.append({"name": name, "address": address, **medians})
        say(f"{name} /{address}: words {medians['words']:.0f} ms, chart {medians['chart']:.0f} ms")
    return rows


def first_visit(url: str, chart: bool) -> dict:
    """One visit by a browser that has kept nothing."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import FLAGS, HELP, found

    with sync_playwright() as playwright:
        path = found(playwright)
        if path is None:
            raise SystemExit(HELP)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="uk-UA")
        page.add_init_script(LOOK)
        page.goto(url)
        end = time.monotonic() + 60
        while time.monotonic() < end and not page.evaluate(f"seen.words && (seen.chart || {str(not chart).lower()})"):
            page.wait_for_timeout(50)
        page.wait_for_timeout(1000)
        seen = page.evaluate("seen") | {"mb": page.evaluate(BYTES) / 1e6}
        browser.close()
    return {"chart": float("nan"), **seen}


async def held(server: Server, count: int, seconds: int) -> dict:
    """So many visitors at once, each opening a page every few seconds: how long a view takes."""
    chance, seen, over = random.Random(count), [], asyncio.Event()
    tasks = []
    for _ in range(count):
        tasks.append(asyncio.create_task(visitor(server.host, chance, seen, over)))
        await asyncio.sleep(0.04)
    await asyncio.sleep(2 * THINK[1])  # all have opened a first page
    seen.clear()
    before = server.cpu()
    await asyncio.sleep(seconds)
    cpu, views = server.cpu() - before, list(seen)
    over.set()
    lost = [end for end in await asyncio.gather(*tasks, return_exceptions=True) if end]
    ms = sorted(1000 * one.seconds for one in views)
    faults = [fault for one in views for fault in one.faults] + [str(end) for end in lost]
    row = {"visitors": count, "views": len(ms), "p50": statistics.median(ms), "p95": ms[int(0.95 * (len(ms) - 1))]}
    row |= {"faults": len(faults), "cpu": 1000 * cpu / len(ms), "memory": server.memory()}
    say("{visitors} visitors: p50 {p50:.0f} ms, p95 {p95:.0f} ms, {faults} faults".format(**row), *faults[:2])
    return row


async def visitor(host: str, chance: random.Random, seen: list, over: asyncio.Event) -> None:
    async with Session(host) as session:
        while not over.is_set():
            seen.append(await session.view(some_address(chance)))
            await asyncio.sleep(chance.uniform(*THINK))


def some_address(chance: random.Random) -> str:
    """Any page in either language, of the country, an oblast or a community; comparisons among them."""
    page, places = chance.choice(PAGES), ("", *OBLASTS, *COMMUNITIES)
    place = chance.choice(COMMUNITIES if page in ("community", "compare") else places)
    return f"{page}?lang={chance.choice(('uk', 'en'))}{'&area=' * bool(place)}{place}"


def written(views: list[dict], browsers: list[dict], loads: list[dict]) -> str:
    """The part of the document."""
    lines = ["## Pages", f"Measured on {time.strftime('%d.%m.%Y')}: {machine()}. The published figures; medians.", ""]
    lines += ["| a warm view | messages | kB | CPU, ms | CPU ÷ empty page's | ms to its end |"]
    lines += ["|---|---:|---:|---:|---:|---:|"]
    shown = "| {name} /{address} | {messages:.0f} | {kb:.0f} | {cpu:.1f} | {ratio:.1f} | {ms:.0f} |"
    lines += [shown.format(**row) for row in views]
    lines += [
        "",
        "| a fresh browser | MB loaded | first words, ms | ÷ empty page's | first chart, ms | ÷ empty page's words |",
    ]
    lines += ["|---|---:|---:|---:|---:|---:|"]
    first = browsers[0]["words"]
    for row in browsers:
        chart = "| |" if row["name"] == "empty" else f"| {row['chart']:.0f} | {row['chart'] / first:.1f} |"
        words = "| {name} /{address} | {mb:.1f} | {words:.0f} | ".format(**row)
        lines.append(f"{words}{row['words'] / first:.1f} {chart}")
    lines += ["", "| visitors at once | views | p50, ms | p95, ms | faults | CPU a view, ms | memory, MiB |"]
    lines += ["|---:|---:|---:|---:|---:|---:|---:|"]
    shown = "| {visitors} | {views} | {p50:.0f} | {p95:.0f} | {faults} | {cpu:.1f} | {memory:.0f} |"
    return "\n".join([*lines, *(shown.format(**row) for row in loads)]) + "\n"


def machine() -> str:
    """Cores, memory and versions."""
    import platform

    import streamlit

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python, shown = platform.python_version(), streamlit.__version__
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {python}, Streamlit {shown}"


def say(*words: str) -> None:
    print(*words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
