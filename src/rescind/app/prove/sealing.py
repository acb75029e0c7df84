"""Sealing: a case becomes a pack, signed, and stamped where it can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rescind.adapters import clock
from rescind.adapters.evidence import cades, pack, revocation, signing_keys, tsa
from rescind.adapters.evidence.pades import signed_copy
from rescind.adapters.evidence.summary import Summary, summary_pdf
from rescind.app.prove import proof
from rescind.app.prove.authorities import authorities as authorities_named
from rescind.app.prove.authorities import trust
from rescind.app.prove.keys import key_for
from rescind.core.errors import OutsideError, PermanentError
from rescind.core.model.case import Case, payloads
from rescind.core.model.event_details import LetterWrittenDetails, OpenedDetails
from rescind.core.model.evidence import Item
from rescind.core.prove.chain import head
from rescind.core.prove.purposes import UNNAMED, offered
from rescind.store import integrity, selectors, services

if TYPE_CHECKING:
    from rescind.adapters.evidence.signing_keys import Key
    from rescind.adapters.evidence.trust import TimestampAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """How a case is to be sealed."""

    key_file: Path | None = None
    passphrase: str | None = None
    """Of that file; from the environment, if left out."""
    stamp_by: Sequence[str] = ()
    """Authorities to ask in turn; those of the settings, if empty."""
    language: str = "en"
    """Of the summary."""
    with_copy: bool = False
    """Put a copy of each letter with a signature inside (PAdES) beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A pack, what checks it, and what it still lacks."""

    pack: bytes
    certificate: bytes
    """Of the key that sealed it, as PEM."""
    pending: str = ""
    """Why no authority stamped it; empty where one did."""
    copies: Mapping[str, bytes] = field(default_factory=dict)
    """The copies with a signature inside, by name."""


def seal_case(case_id: str, order: Sealing) -> Sealed:
    """Return a case as a sealed pack, stamped where an authority answers.

    No authority learns more than a digest. Where none answers the pack is sealed all
    the same and says that its time is not proved yet: ``renew`` adds the stamp. Raises
    BadInput where there is no key, and Damaged for a case that is no longer whole.
    """
    record = selectors.find_case(case_id)
    integrity.require_whole(integrity.damage_of(selectors.case_of(record)))
    key = key_for(order.key_file, order.passphrase)
    authorities = authorities_named(order.stamp_by)
    proof.settle(record, is_urgent=True)
    case = selectors.case_of(record)
    stamps = _Stamps(authorities=authorities)
    copies = _copies(case, key, stamps) if order.with_copy else {}
    files, manifest = pack.to_seal(_items(case, key, order.language, copies))
    signature = cades.seal(manifest, key)
    token = stamps.over(cades.to_stamp(signature))
    if token is not None:
        signature = _for_long(cades.with_token(signature, token), token, authorities)
    return Sealed(
        pack=pack.sealed_pack(files, manifest, signature),
        certificate=signing_keys.certificate_pem(key),
        pending=stamps.failed,
        copies=copies,
    )


@dataclass(slots=True)
class _Stamps:
    """Asks authorities in turn, and remembers why there was no answer."""

    authorities: Sequence["TimestampAuthority"]
    failed: str = "no authority is named: rescind proof set --stamp-by"

    def over(self, digest: bytes) -> bytes | None:
        """Return a token over a digest, or ``None`` where nobody gives one."""
        if not self.authorities:
            return None
        try:
            stamp = tsa.stamp_by_any(self.authorities, digest, now=clock.now())
        except OutsideError as error:
            self.failed = str(error)
            return None
        self.failed = ""
        return stamp.token


def _for_long(
    signature: bytes, token: bytes, authorities: Sequence["TimestampAuthority"]
) -> bytes:
    """Lay what the token will be judged by later into it, as far as it can be had."""
    own = [authority.url for authority in authorities]
    material = revocation.fetch(token, trust(authorities), own)
    return cades.with_long_term(signature, material) if material else signature


def _copies(case: Case, key: "Key", stamps: _Stamps) -> dict[str, bytes]:
    """Return each letter of a case with a signature inside."""

    def stamp(digest: bytes) -> bytes:
        token = stamps.over(digest)
        if token is None:
            raise PermanentError("timestamps", stamps.failed)
        return token

    letters = {letter.pdf for letter in payloads(case.events, LetterWrittenDetails)}
    copies: dict[str, bytes] = {}
    for file in selectors.files(case):
        if file.digest in letters:
            name = (
                f"{pack.COPIES}{file.digest.removeprefix('sha256:')[:16]}-{file.name}"
            )
            content = bytes(file.content)
            try:
                ask = stamp if stamps.authorities else None
                copies[name] = signed_copy(content, key, ask)
            except OutsideError:
                copies[name] = signed_copy(content, key)
    return copies


def _items(
    case: Case, key: "Key", language: str, copies: Mapping[str, bytes]
) -> list[Item]:
    events = case.events
    items = [
        Item(
            name=pack.LOG,
            media_type="application/json",
            content=pack.log_json(case.id, events),
            offer="log",
        )
    ]
    opened = events[0].read(OpenedDetails)
    if opened is None or not opened.verdict:  # a case that an earlier release opened
        about, media_type = services.about(case), "application/json"
        items.append(
            Item(name=pack.CASE, media_type=media_type, content=about, offer="verdict")
        )
    offers = offered(events)
    items += [
        Item(
            name=pack.file_name(file.digest, file.name),
            media_type=file.media_type,
            content=bytes(file.content),
            offer=offers.get(file.digest, UNNAMED),
        )
        for file in selectors.files(case)
    ]
    items += [
        Item(name=n, media_type="application/pdf", content=c, offer="signed_copy")
        for n, c in copies.items()
    ]
    summary = Summary(
        service_name=case.service_name,
        offer=case.offer or "",
        case_id=case.id,
        events=events,
        items=tuple(items),
        head=head(events),
        is_self_made=key.is_self_made,
        written_on=clock.now().date(),
    )
    page = Item(
        name=pack.SUMMARY,
        media_type="application/pdf",
        content=summary_pdf(summary, language),
        offer="summary",
    )
    return [page, *items]
