"""Starts the app on a free loopback port, as `make run` does, and ends it as Ctrl-C does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

ROOT = Path(__file__).parent.parent
READY_WITHIN = 60.0
ENDED_WITHIN = 20.0
BETWEEN_TRIES = 0.05


@dataclass(frozen=True)
class Server:
    """A running app: its address without a slash at the end, and its process."""

    url: str
    process_id: int


@contextmanager
def running_server(*program: str, folder: Path = ROOT, **environment: str) -> Iterator[Server]:
    """The app, or another `program` that Python is started with in a `folder`, ready at PORT or a free port.

    Raises: RuntimeError, with what the server printed, where it does not start or ends with a fault.
    """
    port = int(environment.get("PORT") or free_port())
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen(
            [sys.executable, *(program or ("app.py",))],
            cwd=folder,
            env=os.environ | {"ADDRESS": "127.0.0.1", "PORT": str(port)} | environment,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        try:
            ready = _wait_until_ready(process, server.url)
            if ready:
                yield server
        finally:
            process.send_signal(signal.SIGINT)
            code = _end(process)
            printed.seek(0)
            text = printed.read()
        if not ready or code != 0 or "Traceback" in text:
            raise RuntimeError(f"the server was {'' if ready else 'not '}ready and ended with {code}:\n{text}")


def free_port() -> int:
    """A loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], url: str) -> bool:
    for _ in range(int(READY_WITHIN / BETWEEN_TRIES)):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except HTTPError:
            return False
        except OSError:
            if _ended(process, BETWEEN_TRIES):
                return False
    return False


def _end(process: subprocess.Popen[bytes]) -> int | None:
    if not _ended(process, ENDED_WITHIN):
        process.kill()
        process.wait()
        return None
    return process.returncode


def _ended(process: subprocess.Popen[bytes], within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True
