"""A visitor without a browser: opens a Streamlit session over its websocket and asks for reruns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Origin, Subprotocol
from websockets.sync.client import ClientConnection, connect


class Session:
    """One visitor of one page, with the settings in its address."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self.socket, self.page, self.query = socket, page, query

    def rerun(self) -> int:
        """Runs the page from top to bottom; returns the bytes that came back.

        Raises: RuntimeError where the script did not finish well.
        """
        request = BackMsg()
        request.rerun_script.query_string = self.query
        request.rerun_script.page_name = self.page
        self.socket.send(request.SerializeToString())
        received = 0
        while True:
            answer = self.socket.recv(timeout=60)
            received += len(answer)
            message = ForwardMsg.FromString(answer)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"the page {self.page!r} ended with {message.script_finished}")
                return received


@contextmanager
def open_session(server: str, page: str, query: str = "") -> Iterator[Session]:
    """A session of its own at `server`."""
    address = f"ws://{urlsplit(server).netloc}/_stcore/stream"
    with connect(address, subprotocols=[Subprotocol("streamlit")], origin=Origin(server), max_size=None) as socket:
        yield Session(socket, page, query)
