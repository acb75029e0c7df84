"""ASiC-E containers (ETSI EN 319 162-1) with CAdES: written, and read with care.

Entries are stored, in a fixed order and with a fixed date, so that the same contents
give the same bytes: whoever changes a byte of the wrapping shows as well.
"""

import io
import zipfile
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rescind.adapters.archive import DATED
from rescind.core.errors import BadInput

MIMETYPE = "application/vnd.etsi.asic-e+zip"
MANIFEST = "META-INF/ASiCManifest.xml"
SIGNATURE = "META-INF/signature.p7s"
ASIC = "http://uri.etsi.org/02918/v1.2.1#"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
MOST_ENTRIES = 5_000
MOST_BYTES = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a manifest says of one file."""

    name: str
    media_type: str
    digest: bytes
    """SHA-256 of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container as read: its files, its manifest and its signature."""

    files: Mapping[str, bytes]
    """The data objects, in the order of the archive."""
    manifest: bytes
    references: tuple[Reference, ...]
    signature: bytes
    is_exact: bool
    """The archive is, byte for byte, what its contents make."""


def manifest(files: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Return the manifest of files by name, each with media type and content."""
    ET.register_namespace("asic", ASIC)
    ET.register_namespace("ds", DSIG)
    root = ET.Element(f"{{{ASIC}}}ASiCManifest")
    about = {"URI": SIGNATURE, "MimeType": "application/pkcs7-signature"}
    ET.SubElement(root, f"{{{ASIC}}}SigReference", about)
    for name, (media_type, content) in files.items():
        about = {"URI": name, "MimeType": media_type}
        item = ET.SubElement(root, f"{{{ASIC}}}DataObjectReference", about)
        ET.SubElement(item, f"{{{DSIG}}}DigestMethod", {"Algorithm": SHA256})
        value = ET.SubElement(item, f"{{{DSIG}}}DigestValue")
        value.text = b64encode(sha256(content).digest()).decode()
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def pack(files: Mapping[str, bytes], manifest_xml: bytes, signature: bytes) -> bytes:
    """Return the container's bytes; the media type stands first, not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", DATED), MIMETYPE)
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, DATED), content)
        archive.writestr(zipfile.ZipInfo(MANIFEST, DATED), manifest_xml)
        archive.writestr(zipfile.ZipInfo(SIGNATURE, DATED), signature)
    return target.getvalue()


def unpack(raw: bytes) -> Container:
    """Return a container's parts; raises BadInput for what is none, and says why."""
    entries = _entries(raw)
    if next(iter(entries), None) != "mimetype" or entries["mimetype"] != (
        MIMETYPE.encode()
    ):
        raise BadInput("pack", f"does not begin with the media type {MIMETYPE}")
    for name in (MANIFEST, SIGNATURE):
        if name not in entries:
            raise BadInput("pack", f"holds no {name}")
    wrapping = ("mimetype", MANIFEST, SIGNATURE)
    files = {name: data for name, data in entries.items() if name not in wrapping}
    made = pack(files, entries[MANIFEST], entries[SIGNATURE])
    return Container(
        files=files,
        manifest=entries[MANIFEST],
        references=_references(entries[MANIFEST]),
        signature=entries[SIGNATURE],
        is_exact=made == raw,
    )


def _entries(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            listed = archive.infolist()
            if len(listed) > MOST_ENTRIES:
                raise BadInput("pack", f"holds more than {MOST_ENTRIES:,} files")
            if sum(entry.file_size for entry in listed) > MOST_BYTES:
                raise BadInput("pack", f"holds more than {MOST_BYTES:,} bytes")
            if len({entry.filename for entry in listed}) != len(listed):
                raise BadInput("pack", "holds two files of one name")
            return {entry.filename: archive.read(entry) for entry in listed}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise BadInput("pack", f"is no archive that can be read: {error}") from error
    except (RuntimeError, OSError, UnicodeError) as error:
        raise BadInput("pack", f"cannot be unpacked: {error}") from error


def _references(raw: bytes) -> tuple[Reference, ...]:
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadInput("pack", f"its manifest cannot be read: {error}") from error
    return tuple(
        _reference(item) for item in root.findall(f"{{{ASIC}}}DataObjectReference")
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
        found = b64decode(value.text, validate=True)
    except Base64Error as error:
        raise BadInput("pack", f"the digest of {name} is no digest") from error
    return Reference(name=name, media_type=item.get("MimeType", ""), digest=found)
