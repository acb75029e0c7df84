"""A DNS server (dnsmasq) and a signer of mail (OpenDKIM), both real, on loopback."""

import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import dns.exception
import dns.message
import dns.query

from tests.conftest import find_program, needs
from tests.mail.servers import HOST, free_port

ZONE = """\
no-resolv
no-hosts
bind-interfaces
listen-address=127.0.0.1
port={port}
local=/example.org/
local=/in-addr.arpa/
user=root
group=root
{records}
"""
SIGNER = """\
Domain home.example.org
Selector day1
KeyFile {key}
Mode s
Socket inet:{port}@127.0.0.1
Background no
Syslog no
UserID root
RequireSafeKeys no
Canonicalization relaxed/relaxed
"""


class Pair:
    """A key for DKIM: what signs, and what is published."""

    def __init__(self, bits: int = 2048) -> None:
        made = ["openssl", "genrsa", "-traditional", str(bits)]
        public = ["openssl", "rsa", "-pubout", "-outform", "DER"]
        self.pem = _output(made, b"")
        der = _output(public, self.pem)
        self.record = f"v=DKIM1; k=rsa; p={b64encode(der).decode()}"


def _output(command: list[str], given: bytes) -> bytes:
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    return done.stdout


@contextmanager
def names(folder: Path, texts: Mapping[str, str], *more: str) -> Iterator[str]:
    """Run a DNS server that knows these texts; yields its address."""
    needs("dnsmasq")
    port = free_port()
    records = [f"txt-record={name},{_strings(text)}" for name, text in texts.items()]
    config = folder / "dnsmasq.conf"
    config.write_text(ZONE.format(port=port, records="\n".join([*records, *more])))
    server = subprocess.Popen(
        [
            str(find_program("dnsmasq")),
            "--keep-in-foreground",
            "--conf-file=" + str(config),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_names(port)
        yield f"{HOST}:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _strings(text: str) -> str:
    """Return a text in strings of at most 255 bytes, as a zone file has them."""
    parts = [text[i : i + 200] for i in range(0, len(text), 200)]
    return ",".join(f'"{part}"' for part in parts)


def _wait_for_names(port: int) -> None:
    question = dns.message.make_query("ready.example.org", "TXT")
    for _ in range(200):
        try:
            dns.query.udp(question, HOST, port=port, timeout=0.2)
        except (OSError, dns.exception.DNSException):
            time.sleep(0.05)
            continue
        return
    message = "the DNS server did not start"
    raise RuntimeError(message)


@contextmanager
def signer(folder: Path, pair: Pair) -> Iterator[int]:
    """Run a signer of mail from home.example.org; yields its port."""
    needs("opendkim")
    port = free_port()
    key, config = folder / "dkim.pem", folder / "opendkim.conf"
    key.write_bytes(pair.pem)
    config.write_text(SIGNER.format(port=port, key=key))
    server = subprocess.Popen(
        [str(find_program("opendkim")), "-x", str(config), "-f"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex((HOST, port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)
