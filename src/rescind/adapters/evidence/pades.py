"""PAdES copies of a letter (EN 319 142-1): a PDF that carries its own signature.

A signature inside a PDF breaks PDF/A-3 with PDF/UA, so the letter itself stays
unsigned; the copy is for readers who look for a signature inside the file.
"""

import asyncio
import io
from collections.abc import Callable
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper

from rescind.adapters.evidence.signing_keys import Key, signer_of

FIELD = "Signature"


class _Stamper(TimeStamper):
    """Gives pyHanko the stamps of an authority that was checked."""

    def __init__(self, stamp: Callable[[bytes], bytes]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko has no types here
        self._stamp = stamp

    async def async_timestamp(
        self,
        message_digest: bytes,
        md_algorithm: str,  # noqa: ARG002 - pyHanko's shape; it is SHA-256
    ) -> Any:  # noqa: ANN401 - a token
        token = await asyncio.to_thread(self._stamp, message_digest)
        return cms.ContentInfo.load(token)


def signed_copy(
    pdf: bytes, key: Key, stamp: Callable[[bytes], bytes] | None = None
) -> bytes:
    """Return a letter's page with a signature inside (PAdES B-B, or B-T with a stamp).

    The page's bytes stand unchanged at the beginning; the signature is added after
    them (ISO 32000-1 section 7.5.6).
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    with signer_of(key) as signer:
        pdf_signer = signers.PdfSigner(
            metadata, signer=signer, timestamper=_Stamper(stamp) if stamp else None
        )
        copy = asyncio.run(pdf_signer.async_sign_pdf(writer))
    return bytes(copy.getvalue())
