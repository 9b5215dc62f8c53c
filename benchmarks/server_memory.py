"""How much memory the server holds."""

from __future__ import annotations

import os
from pathlib import Path

MEGA = 1e6


def resident(process_id: int) -> float:
    """Megabytes of a process's memory that are in the machine's (proc(5), statm). Linux only."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGA
