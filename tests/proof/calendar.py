"""A calendar of OpenTimestamps on loopback: it promises, and later names a block.

It speaks the calendars' protocol with OpenTimestamps' own library; the block is made
up here, so its Merkle root is known.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from opentimestamps.core.notary import (
    BitcoinBlockHeaderAttestation,
    PendingAttestation,
)
from opentimestamps.core.op import OpAppend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

from tests.proof.http import answering

HEIGHT = 900_000


@dataclass(kw_only=True)
class Calendar:
    """A running calendar: where it is, and what it took."""

    url: str
    has_block: bool = False
    taken: list[bytes] = field(default_factory=list)

    def root(self, commitment: bytes) -> bytes:
        """Return the Merkle root of the block that holds a commitment."""
        root: bytes = OpSHA256()(OpAppend(b"the rest of the block")(commitment))
        return root


def _written(stamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    stamp.serialize(context)
    written: bytes = context.getbytes()
    return written


@contextmanager
def running() -> Iterator[Calendar]:
    """Run the calendar on a free port."""
    told = Calendar(url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            digest = self.rfile.read(int(self.headers["Content-Length"]))
            stamp = Timestamp(digest)
            below = stamp.ops.add(OpAppend(b"the calendar's own"))
            below.attestations.add(PendingAttestation(told.url.rstrip("/")))
            told.taken.append(below.msg)
            self._send(_written(stamp))

        def do_GET(self) -> None:
            commitment = bytes.fromhex(self.path.rsplit("/", 1)[1])
            if not told.has_block or commitment not in told.taken:
                self.send_error(404)
                return
            stamp = Timestamp(commitment)
            below = stamp.ops.add(OpAppend(b"the rest of the block"))
            above = below.ops.add(OpSHA256())
            above.attestations.add(BitcoinBlockHeaderAttestation(HEIGHT))
            self._send(_written(stamp))

        def _send(self, content: bytes) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with answering(Handler) as told.url:
        yield told
