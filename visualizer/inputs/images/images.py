"""Images from files: whatever is brought, eight bits of red, green and blue come out, or a message in words."""

from __future__ import annotations

import io
import re
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from PIL import Image, TiffTags, UnidentifiedImageError

from visualizer.inputs.images.modes import flattened, narrowed, orientation_of, tell_transparency, turned
from visualizer.inputs.images.signatures import PILLOW_NAMES, advice_for, has_no_pixels, is_cut_off, starts_as
from visualizer.text.plain import shown

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1024
READABLE = "PNG, JPEG, WebP, GIF, BMP and TIFF"

_UNKNOWN = re.compile("unsupported|unknown|not supported", re.IGNORECASE)
_TIFF_COMPRESSIONS = frozenset(
    ("raw", "packbits", "tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "jpeg", "tiff_ccitt", "group3", "group4")
)
"""What any build of Pillow reads; WebP and others are read by some only."""

# Pillow's own limit guards what no header says: the tiles of a TIFF, the frames of a GIF. It raises past twice this.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# Two pictures are decoded at a time, as one of 50 megapixels takes some 400 MB while it is read; and by the same two
# threads, as each thread that ever decoded one would keep some of that memory to itself.
_READERS = ThreadPoolExecutor(2, thread_name_prefix="pictures")
_QUIET = threading.Lock()


class PictureError(ValueError):
    """Why a file is no image that can be used, in words for the person who gave it."""


@dataclass(frozen=True, eq=False)
class Picture:
    """An image to compute with.

    `pixels` is (height, width, 3), uint8 and read-only; the long side is at most 1024. `note` says how large it is and
    was; `sample` is its name among the samples, empty for an image that someone brought.
    """

    name: str
    pixels: np.ndarray
    note: str = ""
    sample: str = ""

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])


def read_picture(data: bytes, name: str) -> Picture:
    """The image in a file: PNG, JPEG, WebP, GIF (first frame), BMP or TIFF.

    It is turned as its EXIF data say; alpha is laid over white. A long side above 1024 pixels is downscaled to 1024.
    Raises: PictureError for an empty file, more than 20 MB, more than 50 megapixels (checked before decoding), no
    pixels, a file that is cut off or damaged, an image format that is not read, and what is no image.
    """
    _check_file(data)
    try:
        original, pixels = _READERS.submit(_read, data).result()
    except PictureError:
        raise
    except MemoryError:
        raise PictureError("The image takes more memory than there is. Make it smaller first.") from None
    except Exception as error:
        # The bytes are a stranger's, and Pillow's readers raise almost anything on broken ones.
        raise PictureError(_fault(data, error)) from None
    return Picture(shown(name), pixels, _note(original, pixels))


def _check_file(data: bytes) -> None:
    if not data:
        raise PictureError("The file is empty: it has 0 bytes.")
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise PictureError(f"The file has {size:,.1f} MB; at most {MAX_BYTES // 1024 // 1024} MB are read.")
    if advice := advice_for(data):
        raise PictureError(advice)


def _read(data: bytes) -> tuple[tuple[int, int], np.ndarray]:
    """Width and height as the file has them, and the pixels."""
    with _opened(data) as image:
        return _check_size(image), _decoded(image)


def _opened(data: bytes) -> Image.Image:
    """The image with its header read and no pixel decoded."""
    with _QUIET, warnings.catch_warnings():
        # The check of the size that follows says it in words.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(data), formats=PILLOW_NAMES)
        except Image.DecompressionBombError:
            raise PictureError(f"The image has more than {_mega(2 * MAX_PIXELS)}; {_most_pixels()}") from None


def _check_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise PictureError(f"The image has {_mega(width * height)} ({width} × {height}); {_most_pixels()}")
    return width, height


def _decoded(image: Image.Image) -> np.ndarray:
    """Shape (height, width, 3), uint8."""
    target = _target(image.size)
    # A JPEG can be decoded at a half, a quarter or an eighth of its size, which saves time and memory.
    image.draft(None, target)
    tell_transparency(image)
    image.load()
    # Not before: Pillow turns a TIFF by itself while it decodes it, and then says no more that it was to be turned.
    orientation = orientation_of(image)
    small = narrowed(image)
    if target != small.size:
        small = small.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)
    pixels = np.array(flattened(turned(small, orientation)))
    pixels.flags.writeable = False
    return pixels


def _target(size: tuple[int, int]) -> tuple[int, int]:
    """The size with its long side downscaled to 1024, the other in proportion and at least 1."""
    scale = LONGEST_SIDE / max(size)
    if scale >= 1:
        return size
    width, height = (max(1, round(side * scale)) for side in size)
    return width, height


def _fault(data: bytes, error: Exception) -> str:
    """What is wrong with a file that could not be read to its end."""
    name = starts_as(data)
    if not name:
        return f"The file is not an image that can be read. {READABLE} can."
    if has_no_pixels(data):
        return f"The {name} image has 0 pixels: there is nothing in it to compute with."
    if "truncated" in str(error).lower() or isinstance(error, EOFError) or is_cut_off(data):
        return f"The {name} image is truncated: its end is missing. Copy or download it once more."
    if _is_variant(data, name, error):
        return f"This variant of {name} isn't read. Open the image in another program and save it as PNG or JPEG."
    return f"The file begins as a {name} image, but what follows is damaged, so it can't be read."


def _is_variant(data: bytes, name: str, error: Exception) -> bool:
    """Whether Pillow knows no such variant of a format, which is something else than broken data."""
    if isinstance(error, UnidentifiedImageError):
        try:
            Image.OPEN[name.upper()][0](io.BytesIO(data), "")
        except Exception as told:
            # What its own reader says, where `Image.open` only says that none could read it.
            error = told
    if _UNKNOWN.search(str(error)):
        return True
    missing = error.__cause__
    if name == "TIFF" and isinstance(missing, KeyError) and missing.args[0] not in TiffTags.TAGS_V2:
        return True  # not a tag that is missing, but a compression that Pillow has no name for
    try:
        return name == "TIFF" and _opened(data).info.get("compression") not in _TIFF_COMPRESSIONS
    except Exception:
        return False


def _note(original: tuple[int, int], pixels: np.ndarray) -> str:
    height, width = pixels.shape[:2]
    if max(original) <= LONGEST_SIDE:
        return f"{width} × {height} pixels"
    if (original[0] > original[1]) != (width > height):
        original = original[1], original[0]
    return f"{original[0]:,} × {original[1]:,} pixels, downscaled to {width} × {height}"


def _mega(pixels: int) -> str:
    return f"{pixels / 1e6:,.1f} megapixels"


def _most_pixels() -> str:
    return f"at most {MAX_PIXELS // 1_000_000} are read. Make it smaller first."
