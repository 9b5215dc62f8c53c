"""What a file's first bytes say about it: the formats that are read, and those that can only be named."""

from __future__ import annotations

import re
import struct

PILLOW_NAMES = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")

# An iPhone's pictures, video and others share one container; its "brands" say what is in it.
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "HEIC"),
    **dict.fromkeys((b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4V "), "video"),
}
_ADVICE = {
    "SVG": "The file is an SVG drawing: shapes, not pixels. Export it as PNG first.",
    "HEIC": "The file is a HEIC image, as iPhones take them, which is not read. Save or share it as JPEG first.",
    "video": "The file is a video, not an image. Take a still of it first.",
    "PDF": "The file is a PDF document, not an image. Save the page as PNG first.",
}
_BEGINNINGS = (
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"8BPS", "Photoshop"),
    (b"%PDF-", "PDF"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"v/1\x01", "OpenEXR"),
    (b"gimp xcf", "GIMP"),
)
_PNM = re.compile(rb"P[1-6]\s+(#.*\s+)*\d+\s+\d+\s")
_SVG = re.compile(rb"<(\w{1,20}:)?svg[\s/>]", re.IGNORECASE)


def starts_as(data: bytes) -> str:
    """The format that is read and that the file starts as; empty for any other file."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    # Four bytes of a BMP are reserved: 0. A text may start with BM as well.
    return "BMP" if data.startswith(b"BM") and data[6:10] == bytes(4) else ""


def advice_for(data: bytes) -> str:
    """What to do with an image, or the like, of a format that is known but not read; empty for every other file."""
    name = _foreign_name(data)
    if not name:
        return ""
    return _ADVICE.get(name) or f"The file is in the format {name}, which is not read. Save it as PNG or JPEG first."


def has_no_pixels(data: bytes) -> bool:
    """Whether the header of a PNG, GIF or BMP says a width or height of 0."""
    places = {"PNG": (">II", 16), "GIF": ("<HH", 6), "BMP": ("<ii", 18)}
    form, start = places.get(starts_as(data), ("", 0))
    if not form or len(data) < start + struct.calcsize(form):
        return False
    return 0 in struct.unpack_from(form, data, start)


def is_cut_off(data: bytes) -> bool:
    """Whether the end of a file that is read is missing, by what its header or its own end mark says."""
    name = starts_as(data)
    if name == "PNG":
        return b"IEND" not in data[-1024:]
    if name == "GIF":
        return not data.endswith(b";")
    if name == "JPEG":
        return b"\xff\xd9" not in data[-1024:]
    return len(data) < _told_size(name, data)


def _told_size(name: str, data: bytes) -> int:
    """How many bytes the header says there are, at least."""
    if len(data) < 12:
        return 12
    if name == "WebP":
        return 8 + int(struct.unpack_from("<I", data, 4)[0])
    if name == "BMP":
        return int(struct.unpack_from("<I", data, 2)[0])
    order = "<" if data.startswith(b"II") else ">"
    # A TIFF's header points at the table of what is in it, which has two bytes at least.
    return 2 + int(struct.unpack_from(f"{order}I", data, 4)[0])


def _foreign_name(data: bytes) -> str:
    for beginning, name in _BEGINNINGS:
        if data.startswith(beginning):
            return name
    if data[4:8] == b"ftyp":
        return _in_container(data)
    if _PNM.match(data):
        return "PNM"
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "SVG" if head.startswith(b"<") and b"<html" not in head.lower() and _SVG.search(head) else ""


def _in_container(data: bytes) -> str:
    """What the first brand that is known stands for; an AVIF may have it behind that of HEIC."""
    length = min(max(int.from_bytes(data[:4]), 16), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, length, 4))]
    names = [_BRANDS[brand] for brand in brands if brand in _BRANDS]
    return "AVIF" if "AVIF" in names else next(iter(names), "")
