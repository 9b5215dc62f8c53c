"""What a rerun costs, and whether memory grows: `python -m benchmarks.collection [reruns]`.

Measures the settings that are in force: `runner.postScriptGC` in .streamlit/config.toml and `gc.freeze()` in
visualizer/server.py.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.server_cpu import cpu_seconds
from benchmarks.session import open_session
from tools.browser import LESSON
from tools.server import running_server

PAGE_BYTES = 4096
SETTLED = 20


def main(reruns: int) -> None:
    with running_server() as server, open_session(server.url, LESSON.strip("/")) as session:
        for _ in range(SETTLED):
            session.rerun()
        memory, cpu, times = resident_megabytes(server.process_id), cpu_seconds(server.process_id), []
        for _ in range(reruns):
            begun = time.perf_counter()
            session.rerun()
            times.append((time.perf_counter() - begun) * 1000)
        spent = (cpu_seconds(server.process_id) - cpu) * 1000 / reruns
        grown = resident_megabytes(server.process_id)
    rerun = Figure("rerun", "ms", times, reach=100, percentile=95)
    print(f"{reruns} reruns: p50 {rerun.at(50):.0f} ms, p95 {rerun.at(95):.0f} ms, CPU {spent:.0f} ms each")
    print(f"memory: {memory:.0f} MB, then {grown:.0f} MB")


def resident_megabytes(process_id: int) -> float:
    """A process's memory (proc(5), statm's second field); Linux only."""
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * PAGE_BYTES / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
