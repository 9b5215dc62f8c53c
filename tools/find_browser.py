"""Prints the path of a Chromium for the browser tests, and installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> str | None:
    """The browser named by $CHROMIUM, or else the first on the PATH; None where there is none.

    Raises: FileNotFoundError where $CHROMIUM names nothing that can be run.
    """
    if named := os.environ.get("CHROMIUM"):
        if not (path := shutil.which(named)):
            raise FileNotFoundError(f"CHROMIUM={named} is no program that can be run")
        return path
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwright_browser()


def _playwright_browser() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install_browser() -> None:
    """Installs Debian's Chromium where this is root on such a system, and Playwright's own elsewhere."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run("apt-get", "update", environment=environment)
        if _run("apt-get", "install", "--yes", "--no-install-recommends", "chromium", environment=environment):
            return
    _run(sys.executable, "-m", "playwright", "install", "chromium", environment=dict(os.environ))


def _run(*command: str, environment: dict[str, str]) -> bool:
    return subprocess.run(command, stdout=sys.stderr, env=environment).returncode == 0


def main() -> None:
    try:
        path = find_browser()
    except FileNotFoundError as missing:
        sys.exit(str(missing))
    if path is None:
        install_browser()
        path = find_browser()
    if path is None:
        sys.exit("No Chromium was found or could be installed. Install one and name it: CHROMIUM=/path/to/chromium")
    print(path)


if __name__ == "__main__":
    main()
