"""A number as people write it. `read_number.js` reads the same in the browser; one table of cases tests both."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from visualizer.text.plain import shown

LARGEST = 1e6
"""How large a number may be where nothing else is said."""
EXAMPLES = "Type one such as 0.5, −2, 1e-3 or 1/3."

_MINUS = "-‐‑‒–−﹣－"
_SPACE = "\\s\\u0085\\ufeff\\u200b"
_SURROUNDING = re.compile(f"^[{_SPACE}]+|[{_SPACE}]+$")
_SIGN = f"[{_MINUS}+]?"
# No-break, figure, thin and narrow no-break spaces, and apostrophes: none of them is ever a decimal mark.
_GAP = "[\u00a0\u2007\u2009\u202f'’]"


def _written(mark: str, other: str) -> re.Pattern[str]:
    """A number or a fraction of two with this decimal mark; the other mark may stand between thousands."""

    def signed(name: str) -> str:
        decimals = f"(?:{mark}[0-9]*)?"
        grouped = f"[1-9][0-9]{{0,2}}(?:{other}[0-9]{{3}})+{decimals}"
        gaps = f"[1-9][0-9]{{0,2}}(?P<{name}_gap>{_GAP})[0-9]{{3}}(?:(?P={name}_gap)[0-9]{{3}})*{decimals}"
        unsigned = f"(?:{grouped}|{gaps}|[0-9]+{decimals}|{mark}[0-9]+)"
        return f"(?P<{name}>{_SIGN}[{_SPACE}]?{unsigned}(?:[eE]{_SIGN}[0-9]{{1,4}})?)"

    return re.compile(f"{signed('over')}(?:[{_SPACE}]*[/⁄][{_SPACE}]*{signed('below')})?")


_WRITTEN = {".": _written(r"\.", ","), ",": _written(",", r"\.")}
_NOT_FINITE = re.compile(rf"{_SIGN}(nan|inf|infinity|∞)", re.IGNORECASE)
_FILLING = re.compile(rf"[{_SPACE}'’]")


class NumberError(ValueError):
    """Why a text is no number that can be taken, in words for the person who typed it."""


def readings(text: str) -> Mapping[str, float]:
    """The numbers that a text can stand for, by the decimal mark that it is read with, “.” or “,”.

    1,234.5 can be read with a point only, 0,5 with a comma only, 12 with both and to the same number; 1,234 with both
    and to different ones. A number beyond float64 is infinite, a fraction over 0 is NaN; no number gives nothing.
    """
    bare = stripped(text)
    found = {}
    for mark, written in _WRITTEN.items():
        if match := written.fullmatch(bare):
            over, below = (_plain(match[name], mark) for name in ("over", "below"))
            found[mark] = over if match["below"] is None else over / below if below else math.nan
    return found


def read_number(text: str, *, limit: float = LARGEST) -> float:
    """The number that a text alone stands for, from −limit to limit.

    It may have a decimal point or comma, an exponent (1e-2), a fraction (1/3), any minus sign, and white space around
    it; marks between thousands where they can't be decimal marks: 1,234,567.8 and 1.234.567,8. A single mark is the
    decimal one, so 1,234 is 1.234. Raises: NumberError with what is expected.
    """
    bare = stripped(text)
    if not bare:
        raise NumberError(f"Nothing is typed. {EXAMPLES}")
    if is_not_finite(bare):
        raise NumberError(f"“{shown(bare)}” is not finite; only finite numbers can be computed with.")
    found = readings(bare)
    if not found:
        raise NumberError(f"“{shown(bare)}” is not a number. {EXAMPLES}")
    if len(set(found.values())) > 1 and "." in bare and "," in bare:
        raise NumberError(f"“{shown(bare)}” can be read in two ways. Write it without marks between thousands.")
    value = found["," if "," in found and "," in bare else next(iter(found))]
    if math.isnan(value):
        raise NumberError(f"“{shown(bare)}” divides by 0.")
    if abs(value) > limit:
        raise NumberError(f"“{shown(bare)}” is too large; numbers go from −{limit:,.0f} to {limit:,.0f}.")
    return value


def is_not_finite(text: str) -> bool:
    """Whether a text says NaN or infinity."""
    return bool(_NOT_FINITE.fullmatch(text))


def stripped(text: str) -> str:
    """Without the white space around it, whichever kind that is."""
    return _SURROUNDING.sub("", text)


def _plain(text: str | None, mark: str) -> float:
    """The value of a matched number."""
    if text is None:
        return math.nan
    bare = _FILLING.sub("", text).replace("," if mark == "." else ".", "").replace(mark, ".")
    return float(re.sub(f"[{_MINUS}]", "-", bare))
