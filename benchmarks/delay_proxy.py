"""A TCP proxy on loopback: everything arrives later by the same delay, in order, and is counted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CHUNK = 65_536


@dataclass
class Proxy:
    """A running proxy: its address, and the bytes sent to the browser by each connection's first request."""

    url: str
    sent: dict[str, int] = field(default_factory=dict)

    def sent_for(self, path: str) -> int:
        """The bytes sent to the browser over connections that began with a request for `path`."""
        return sum(size for request, size in self.sent.items() if f" {path}" in request)


@contextmanager
def delay_proxy(server: str, seconds: float) -> Iterator[Proxy]:
    """A proxy before `server`, with `seconds` of delay each way."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        proxy, listener = asyncio.run_coroutine_threadsafe(_listen(server, seconds), loop).result()
        try:
            yield proxy
        finally:
            asyncio.run_coroutine_threadsafe(_stop(listener), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listen(server: str, seconds: float) -> tuple[Proxy, asyncio.Server]:
    proxy = Proxy("")
    target = urlsplit(server)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection(target.hostname, target.port)
        request = ""

        def note(piece: bytes) -> None:
            nonlocal request
            request = request or piece.split(b"\r\n", 1)[0].decode(errors="replace")

        def count(piece: bytes) -> None:
            proxy.sent[request] = proxy.sent.get(request, 0) + len(piece)

        both = asyncio.gather(_forward(reader, up_writer, seconds, note), _forward(up_reader, writer, seconds, count))
        # A browser may still hold connections open when the proxy stops.
        with suppress(asyncio.CancelledError):
            await both
        up_writer.close()
        writer.close()

    listener = await asyncio.start_server(connect, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    return proxy, listener


async def _forward(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float, see: Callable[[bytes], None]
) -> None:
    """Passes on what comes, each piece `seconds` after it came: a delay, and no limit to the speed."""
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        with suppress(ConnectionError):
            while True:
                due, piece = await pieces.get()
                await asyncio.sleep(due - loop.time())
                if not piece:
                    break
                see(piece)
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def collect() -> None:
        piece = b"-"
        while piece:
            try:
                piece = await reader.read(CHUNK)
            except ConnectionError:
                piece = b""
            pieces.put_nowait((loop.time() + seconds, piece))

    await asyncio.gather(deliver(), collect())


async def _stop(listener: asyncio.Server) -> None:
    listener.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
