"""ASiC-E containers (ETSI EN 319 162-1) with CAdES: written, read with care, renewed.

Entries are stored, in a fixed order and with a fixed date, so that the same contents
give the same bytes: whoever changes a byte of the wrapping shows as well.
"""

import io
import re
import zipfile
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rescind.adapters.evidence.names import refuse_names
from rescind.adapters.evidence.zip import ENTRY_TIME
from rescind.core.errors import BadInput

MIMETYPE = "application/vnd.etsi.asic-e+zip"
META = "META-INF/"
MANIFEST = "META-INF/ASiCManifest.xml"
SIGNATURE = "META-INF/signature.p7s"
ARCHIVE_MANIFEST = "META-INF/ASiCArchiveManifest.xml"
"""Of the newest archive timestamp; those before it bear their number."""
ASIC = "http://uri.etsi.org/02918/v1.2.1#"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SIGNATURE_TYPE = "application/pkcs7-signature"
TIMESTAMP_TYPE = "application/vnd.etsi.timestamp-token"
XML = "application/xml"
MOST_ENTRIES = 5_000
MOST_BYTES = 500_000_000
_TOKEN = re.compile(r"META-INF/timestamp([1-9][0-9]{0,3})\.tst")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a manifest says of one file."""

    name: str
    media_type: str
    digest: bytes
    """SHA-256 of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest: what seals it, and the files that it names."""

    sealed_by: str
    media_type: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container as read: its files, and what seals them."""

    files: Mapping[str, bytes]
    """The data objects, in the order of the archive."""
    meta: Mapping[str, bytes]
    """What lies in META-INF, in the order of the archive."""
    is_exact: bool
    """The archive is, byte for byte, what its contents make."""

    @property
    def manifest(self) -> bytes:
        """Return the manifest that the signature covers."""
        return self.meta[MANIFEST]

    @property
    def signature(self) -> bytes:
        """Return the signature."""
        return self.meta[SIGNATURE]

    @property
    def renewals(self) -> int:
        """Return how many archive timestamps it bears."""
        return sum(1 for name in self.meta if _TOKEN.fullmatch(name))

    def archive_manifest(self, number: int) -> str:
        """Return the name of an archive timestamp's manifest; the first is 1."""
        if number == self.renewals:
            return ARCHIVE_MANIFEST
        return ARCHIVE_MANIFEST.replace(".xml", f"{number}.xml")

    def expected_meta(self) -> set[str]:
        """Return the names that META-INF may hold, and has to."""
        numbers = range(1, self.renewals + 1)
        names = {MANIFEST, SIGNATURE}
        names |= {token_name(number) for number in numbers}
        return names | {self.archive_manifest(number) for number in numbers}


def token_name(number: int) -> str:
    """Return where an archive timestamp lies; the first is 1."""
    return f"{META}timestamp{number}.tst"


def manifest(files: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Return the manifest of files by name, each with media type and content."""
    return _manifest(SIGNATURE, SIGNATURE_TYPE, files)


def _manifest(
    seal: str,
    kind: str,
    files: Mapping[str, tuple[str, bytes]],
    rootfile: str | None = None,
) -> bytes:
    ET.register_namespace("asic", ASIC)
    ET.register_namespace("ds", DSIG)
    root = ET.Element(f"{{{ASIC}}}ASiCManifest")
    ET.SubElement(root, f"{{{ASIC}}}SigReference", {"URI": seal, "MimeType": kind})
    for name, (media_type, content) in files.items():
        about = {"URI": name, "MimeType": media_type}
        if name == rootfile:
            about["Rootfile"] = "true"
        item = ET.SubElement(root, f"{{{ASIC}}}DataObjectReference", about)
        ET.SubElement(item, f"{{{DSIG}}}DigestMethod", {"Algorithm": SHA256})
        value = ET.SubElement(item, f"{{{DSIG}}}DigestValue")
        value.text = b64encode(sha256(content).digest()).decode()
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def pack(files: Mapping[str, bytes], meta: Mapping[str, bytes]) -> bytes:
    """Return the container's bytes; the media type stands first, not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", ENTRY_TIME), MIMETYPE)
        for name, content in [*files.items(), *meta.items()]:
            archive.writestr(zipfile.ZipInfo(name, ENTRY_TIME), content)
    return target.getvalue()


def to_renew(container: Container) -> tuple[dict[str, bytes], bytes]:
    """Return what a renewed container's META-INF holds, and the manifest to stamp.

    The new archive manifest covers every file, the signature, and every timestamp
    before it; the one that was the newest gets its number.
    """
    number = container.renewals + 1
    before = ARCHIVE_MANIFEST.replace(".xml", f"{number - 1}.xml")
    meta = {
        before if name == ARCHIVE_MANIFEST else name: content
        for name, content in container.meta.items()
    }
    types = {r.name: r.media_type for r in read_manifest(container.manifest).references}
    types |= {name: _META_TYPES.get(name[-4:], XML) for name in meta}
    files = {
        name: (types.get(name) or XML, content)
        for name, content in [*container.files.items(), *meta.items()]
    }
    archive_manifest = _manifest(token_name(number), TIMESTAMP_TYPE, files, before)
    return meta | {ARCHIVE_MANIFEST: archive_manifest}, archive_manifest


_META_TYPES = {".p7s": SIGNATURE_TYPE, ".tst": TIMESTAMP_TYPE}
"""Media types of what lies in META-INF beside the manifests."""


def is_meant_as_pack(raw: bytes) -> bool:
    """Return whether bytes are a pack, or what is left of one."""
    return MIMETYPE.encode() in raw[:100] or MANIFEST.encode() in raw


def unpack(raw: bytes) -> Container:
    """Return a container's parts; raises BadInput, saying why, for anything else."""
    entries = _entries(raw)
    if next(iter(entries), None) != "mimetype" or entries["mimetype"] != (
        MIMETYPE.encode()
    ):
        raise BadInput("pack", f"does not begin with the media type {MIMETYPE}")
    for name in (MANIFEST, SIGNATURE):
        if name not in entries:
            raise BadInput("pack", f"holds no {name}")
    del entries["mimetype"]
    files = {n: c for n, c in entries.items() if not n.startswith(META)}
    meta = {n: c for n, c in entries.items() if n.startswith(META)}
    return Container(files=files, meta=meta, is_exact=pack(files, meta) == raw)


def _entries(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise BadInput("pack", f"holds more than {MOST_ENTRIES:,} files")
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise BadInput("pack", f"holds more than {MOST_BYTES:,} bytes")
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                raise BadInput("pack", "holds compressed files; a pack's are stored")
            refuse_names([entry.orig_filename for entry in entries])
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise BadInput("pack", f"is no archive that can be read: {error}") from error
    except (RuntimeError, OSError, UnicodeError) as error:
        raise BadInput("pack", f"cannot be unpacked: {error}") from error


def read_manifest(raw: bytes) -> Manifest:
    """Return a manifest's parts; raises BadInput for anything else."""
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadInput("pack", f"its manifest cannot be read: {error}") from error
    seal = root.find(f"{{{ASIC}}}SigReference")
    if seal is None:
        raise BadInput("pack", "its manifest does not say what seals it")
    return Manifest(
        sealed_by=seal.get("URI", ""),
        media_type=seal.get("MimeType", ""),
        references=tuple(
            _reference(item) for item in root.findall(f"{{{ASIC}}}DataObjectReference")
        ),
    )


def _reference(item: ET.Element) -> Reference:
    method = item.find(f"{{{DSIG}}}DigestMethod")
    value = item.find(f"{{{DSIG}}}DigestValue")
    name = item.get("URI")
    if name is None or method is None or value is None or value.text is None:
        raise BadInput("pack", "its manifest names a file without its digest")
    if method.get("Algorithm") != SHA256:
        raise BadInput(
            "pack", f"its manifest digests {name} by another way than SHA-256"
        )
    try:
        digest = b64decode(value.text, validate=True)
    except Base64Error as error:
        raise BadInput("pack", f"the digest of {name} is no digest") from error
    return Reference(name=name, media_type=item.get("MimeType", ""), digest=digest)
