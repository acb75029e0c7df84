"""The picture of a signature: drawn on the page of letters, or added to it."""

from base64 import b64decode, b64encode

from django.http import HttpRequest

from rescind.adapters import clock
from rescind.adapters.input.signature import MAX_BYTES, read_signature
from rescind.app.act.workbench import DRAWN
from rescind.store.checks import change
from rescind.web import bench_form
from rescind.web.bench import Bench, bench

_DATA = "data:image/png;base64,"
"""How a picture begins that was drawn on the page."""


def keep_picture(request: HttpRequest, laid: Bench) -> Bench:
    """Keep a signature that was drawn or added, and sign with it; raises BadInput."""
    upload, drawn = request.FILES.get("picture"), request.POST.get("drawn", "")
    if upload is None and not drawn.startswith(_DATA):
        return laid
    if upload is not None:
        content = upload.read(MAX_BYTES + 1)
    else:
        content = _decoded(drawn.removeprefix(_DATA))
    read_signature(content)
    shared = {
        **laid.check.letters.get(bench_form.ALL, {}),
        "signature": b64encode(content).decode(),
        "signed": DRAWN,
    }
    letters = {**laid.check.letters, bench_form.ALL: shared}
    change(laid.check.id, now=clock.now(), letters=letters)
    return bench(laid.check.id, laid.chosen)


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        # what no page of ours sends: it is refused as no picture
        return b""
