"""Many photos do not pile up: the process is hardly larger at its largest than it was for the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.inputs.image_files import noise, saved

ROOT = Path(__file__).parents[3]
UPLOADS, MAX_MB = 8, 100
SCRIPT = """
import resource, sys
from pathlib import Path
from visualizer.inputs.images.images import read_picture

data = Path(sys.argv[1]).read_bytes()
for upload in range(int(sys.argv[2])):
    image = read_picture(bytes(data), "photo")
    if upload in (0, int(sys.argv[2]) - 1):
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_eight_photos_of_12_megapixels(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(saved(noise(4000, 3000), "JPEG", quality=90))

    command = [sys.executable, "-c", SCRIPT, str(photo), str(UPLOADS)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    first, last = map(int, printed.split())
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    assert (last - first) / unit < MAX_MB
