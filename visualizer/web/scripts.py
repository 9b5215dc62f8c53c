"""What is large and the same for everyone, as files: a browser keeps them, and what opens a page stays small."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDER = "scripts"
_FOR_EVER = "public, max-age=31536000, immutable"
_FILES: dict[str, bytes] = {}
_AHEAD: list[Script] = []
# Nothing waits for the file before Streamlit has its component: it forgets one that it draws anew meanwhile.
_LOADER = """\
const file = import(new URL("ADDRESS", document.baseURI))
export default (component) => {
  let leave
  let left = false
  file.then((found) => { if (!left) leave = found.default(component) })
  return () => { left = true; leave?.() }
}
"""


@dataclass(frozen=True)
class Script:
    """A component's script as a file of its own, named after what is in it: a new version is another file."""

    file: str

    @property
    def address(self) -> str:
        """Where a page of the app finds it."""
        return f"./{_FOLDER}/{self.file}"

    @property
    def loader(self) -> str:
        """The script that Streamlit sends instead: it gets the file, and hands over what Streamlit calls it with."""
        return _LOADER.replace("ADDRESS", self.address)


def serve(name: str, text: str, *, ahead: bool = True) -> Script:
    """Have the server answer with this script; for every visitor alike, so before the first one comes.

    A browser gets it `ahead`, with whatever page it opens first, unless few pages need it.
    """
    data = text.encode()
    file = f"{name}-{hashlib.sha256(data).hexdigest()[:16]}.js"
    _FILES[file] = gzip.compress(data, mtime=0)
    script = Script(file)
    if ahead:
        _AHEAD.append(script)
    return script


def sent_ahead() -> list[Script]:
    """The scripts that a browser gets with the page that it opens first."""
    return list(_AHEAD)


async def _answer(request: Request) -> Response:
    packed = _FILES.get(request.path_params["file"])
    if packed is None:
        return Response(status_code=404)
    headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        packed = gzip.decompress(packed)
    return Response(packed, media_type="text/javascript", headers=headers)


ROUTE = Route(f"/{_FOLDER}/{{file}}", _answer)
