"""The rules that an ASiC-E container with CAdES keeps, each with the part it is from.

ETSI EN 319 162-1 V1.1.1. No program that checks this form could be had from the
package indexes; so each rule stands here, is told in docs/asic.md, and is tried on
every container that the tests make.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from xml.etree import ElementTree as ET

from asn1crypto import cms
from defusedxml.ElementTree import fromstring

from rescind.adapters.evidence import asice

_HEADER = struct.Struct("<4s5H3L2H")
"""A local file header (PKWARE APPNOTE 4.3.7)."""
_CADES_ATTRIBUTES = ("content_type", "message_digest", "signing_certificate_v2")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenContainer:
    """A container as these rules look at it."""

    raw: bytes
    entries: dict[str, bytes]
    infos: list[zipfile.ZipInfo]

    def manifests(self) -> dict[str, ET.Element]:
        """Return every manifest in META-INF, parsed."""
        return {
            name: fromstring(content, forbid_dtd=True)
            for name, content in self.entries.items()
            if name.startswith(asice.META) and "Manifest" in name
        }

    def data(self) -> set[str]:
        """Return the names of the data objects."""
        names = {name for name in self.entries if not name.startswith(asice.META)}
        return names - {"mimetype"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its name here, the part of the standard, and what it asks."""

    name: str
    part: str
    asks: str
    is_kept: Callable[[OpenContainer], bool]


def _references(root: ET.Element) -> Iterator[tuple[str, bytes]]:
    for reference in asice.read_manifest(ET.tostring(root)).references:
        yield reference.name, reference.digest


def _mimetype_is_plain(box: OpenContainer) -> bool:
    _, _, flags, method, *_, name, extra = _HEADER.unpack_from(box.raw)
    is_encrypted = flags & 1
    return (is_encrypted, method, name, extra) == (0, zipfile.ZIP_STORED, 8, 0)


def _digests_fit(box: OpenContainer) -> bool:
    return all(
        sha256(box.entries[name]).digest() == value
        for root in box.manifests().values()
        for name, value in _references(root)
        if name in box.entries
    )


def _seal_of(root: ET.Element) -> str:
    return asice.read_manifest(ET.tostring(root)).sealed_by


def _is_cades(box: OpenContainer) -> bool:
    signature = cms.ContentInfo.load(box.entries[asice.SIGNATURE])["content"]
    attributes = signature["signer_infos"][0]["signed_attrs"]
    return set(_CADES_ATTRIBUTES) <= {each["type"].native for each in attributes}


def _is_detached(box: OpenContainer) -> bool:
    signature = cms.ContentInfo.load(box.entries[asice.SIGNATURE])["content"]
    return signature["encap_content_info"]["content"].native is None


def _stamps_fit(box: OpenContainer) -> bool:
    for name, root in box.manifests().items():
        seal = _seal_of(root)
        if seal.endswith(".tst"):
            token = cms.ContentInfo.load(box.entries[seal])["content"]
            info = token["encap_content_info"]["content"].parsed
            imprint = info["message_imprint"]["hashed_message"].native
            if imprint != sha256(box.entries[name]).digest():
                return False
    return True


def _newest_covers_all(box: OpenContainer) -> bool:
    """The newest archive manifest names every object but itself and its timestamp."""
    newest = box.manifests().get(asice.ARCHIVE_MANIFEST)
    if newest is None:
        return True
    names = {name for name, _ in _references(newest)}
    rest = set(box.entries) - {"mimetype", asice.ARCHIVE_MANIFEST, _seal_of(newest)}
    return names == rest


_GENERAL = "4.2, general requirements"
_EXTENDED = "4.4, ASiC-E with CAdES"
_META = "Annex A, metadata"
_LONG = "4.4, long-term availability"
RULES = (
    Rule(
        name="zip",
        part=_GENERAL,
        asks="The container is a ZIP archive whose entries are not encrypted.",
        is_kept=lambda box: all(info.flag_bits & 1 == 0 for info in box.infos),
    ),
    Rule(
        name="mimetype-first",
        part=_META,
        asks="`mimetype` is the first entry.",
        is_kept=lambda box: box.raw[30:38] == b"mimetype",
    ),
    Rule(
        name="mimetype-plain",
        part=_META,
        asks="`mimetype` is neither compressed nor encrypted, and its header has no "
        "extra field, so that the media type stands at byte 38.",
        is_kept=_mimetype_is_plain,
    ),
    Rule(
        name="mimetype-value",
        part=_META,
        asks="`mimetype` holds `application/vnd.etsi.asic-e+zip` and nothing else.",
        is_kept=lambda box: box.entries["mimetype"] == asice.MIMETYPE.encode(),
    ),
    Rule(
        name="manifest-there",
        part=_EXTENDED,
        asks="META-INF holds at least one file whose name contains `ASiCManifest`.",
        is_kept=lambda box: any("ASiCManifest" in name for name in box.manifests()),
    ),
    Rule(
        name="signature-name",
        part=_EXTENDED,
        asks="A signature's name contains `signature` and ends with `.p7s`; a "
        "timestamp's contains `timestamp` and ends with `.tst`.",
        is_kept=lambda box: all(
            "signature" in name if name.endswith(".p7s") else "timestamp" in name
            for name in box.entries
            if name.startswith(asice.META) and not name.endswith(".xml")
        ),
    ),
    Rule(
        name="manifest-element",
        part=_META,
        asks="A manifest's root is `ASiCManifest` in the namespace of the standard.",
        is_kept=lambda box: all(
            root.tag == f"{{{asice.ASIC}}}ASiCManifest"
            for root in box.manifests().values()
        ),
    ),
    Rule(
        name="one-seal",
        part=_META,
        asks="A manifest has one `SigReference`, first, which names a file in META-INF "
        "that is there, and no two manifests name the same.",
        is_kept=lambda box: (
            all(
                len(root.findall(f"{{{asice.ASIC}}}SigReference")) == 1
                and root[0].tag == f"{{{asice.ASIC}}}SigReference"
                and _seal_of(root) in box.entries
                and _seal_of(root).startswith(asice.META)
                for root in box.manifests().values()
            )
            and len({_seal_of(root) for root in box.manifests().values()})
            == len(box.manifests())
        ),
    ),
    Rule(
        name="references-resolve",
        part=_META,
        asks="Each `DataObjectReference` has a URI that names a file in the container, "
        "with `DigestMethod` and `DigestValue`; there is at least one.",
        is_kept=lambda box: all(
            list(_references(root))
            and all(name in box.entries for name, _ in _references(root))
            for root in box.manifests().values()
        ),
    ),
    Rule(
        name="digests-fit",
        part=_META,
        asks="Each digest is that of the file it stands with.",
        is_kept=_digests_fit,
    ),
    Rule(
        name="all-signed",
        part=_EXTENDED,
        asks="Every file outside META-INF, but `mimetype`, is named by the manifest "
        "that is signed (stricter than the standard, which lets files go unsigned).",
        is_kept=lambda box: (
            {name for name, _ in _references(box.manifests()[asice.MANIFEST])}
            == box.data()
        ),
    ),
    Rule(
        name="cades",
        part=_EXTENDED,
        asks="The signature is CMS with the signed attributes of a CAdES baseline "
        "signature: content-type, message-digest, signing-certificate-v2.",
        is_kept=_is_cades,
    ),
    Rule(
        name="detached",
        part=_EXTENDED,
        asks="The signature holds no content of its own: it covers the manifest.",
        is_kept=_is_detached,
    ),
    Rule(
        name="stamps-fit",
        part=_EXTENDED,
        asks="A timestamp that a manifest names as its seal stamps that manifest.",
        is_kept=_stamps_fit,
    ),
    Rule(
        name="archive-covers-all",
        part=_LONG,
        asks="The newest archive manifest is `ASiCArchiveManifest.xml` and names every "
        "file, signature, manifest and timestamp before it.",
        is_kept=_newest_covers_all,
    ),
    Rule(
        name="archive-root",
        part=_LONG,
        asks="It marks the archive manifest before it with `Rootfile`.",
        is_kept=lambda box: (
            asice.ARCHIVE_MANIFEST.replace(".xml", "1.xml") not in box.entries
            or b'Rootfile="true"' in box.entries[asice.ARCHIVE_MANIFEST]
        ),
    ),
)


def broken_rules(raw: bytes) -> list[str]:
    """Return the names of the rules that a container breaks, in their order."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos = archive.infolist()
        readable = [info for info in infos if info.flag_bits & 1 == 0]
        entries = {info.filename: archive.read(info) for info in readable}
    box = OpenContainer(raw=raw, entries=entries, infos=infos)
    return [rule.name for rule in RULES if not _keeps(rule, box)]


def _keeps(rule: Rule, box: OpenContainer) -> bool:
    try:
        return rule.is_kept(box)
    except Exception:  # noqa: BLE001 - what cannot be looked at is not kept
        return False
