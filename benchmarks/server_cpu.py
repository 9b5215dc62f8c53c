"""What a step costs the server."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

STEPS_AT_A_GO = 20
GOES = 12
PACE = 120.0


def cpu_per_step(page: Page, process_id: int) -> list[float]:
    """Milliseconds of the server's CPU (user and system) per step: 20 steps, then the rest that writes the address.

    Linux only; the kernel counts in ticks of 10 ms, half a millisecond a step.
    """
    page.keyboard.press("Home")
    samples = []
    for go in range(GOES):
        key = "ArrowRight" if go % 2 == 0 else "ArrowLeft"
        before = cpu_seconds(process_id)
        for _ in range(STEPS_AT_A_GO):
            page.keyboard.press(key)
            page.wait_for_timeout(PACE)
        at_rest = re.compile(rf"[?&]step={STEPS_AT_A_GO if go % 2 == 0 else 0}\b")
        expect(page).to_have_url(at_rest)
        page.wait_for_load_state("networkidle")
        samples.append((cpu_seconds(process_id) - before) * 1000 / STEPS_AT_A_GO)
    return samples


def cpu_seconds(process_id: int) -> float:
    """User and system time of a process and its ended threads (proc(5), fields 14 and 15)."""
    after_name = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
