"""A real Postfix that asks Dovecot for passwords, on loopback, for one test session."""

import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

USER, PASSWORD = "ada@home.example.org", "correct horse"
HOST = "127.0.0.1"

MASTER = """\
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
gone unix - n n - - pipe user=nobody argv=/bin/sh -c {{ exit 67 }}
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/lib
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = merchant.example.org, home.example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{
  {{ desk@merchant.example.org = desk/ }}, {{ ada@home.example.org = ada/ }},
  {{ gone@merchant.example.org = gone/ }} }}
transport_maps = inline:{{ {{ gone@merchant.example.org = gone: }} }}
{milter}
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 100
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_tls_auth_only = yes
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_reject_unlisted_recipient = yes
mailbox_size_limit = 0
message_size_limit = 1000000
default_transport = error:nothing leaves this machine
"""
DOVECOT = """\
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols =
ssl = no
auth_mechanisms = plain login{more}
default_internal_user = dovecot
default_login_user = dovenull
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home=/nonexistent
}}
service auth {{
  unix_listener {folder}/spool/private/auth {{
    mode = 0666
  }}
}}
"""


@dataclass(frozen=True)
class MailServer:
    """Where the server listens, what to trust, and where its mail lies."""

    port: int
    ca_file: Path
    maildir: Path

    def wait_for_mail(
        self, seconds: float = 15, *, of: str = "desk", count: int = 1
    ) -> list[bytes]:
        """Return the messages delivered to a mailbox, once there are so many."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = sorted((self.maildir.parent / of).glob("new/*"))
            if len(found) >= count:
                return [path.read_bytes() for path in found]
            time.sleep(0.05)
        return []


@contextmanager
def running(
    folder: Path, *, milter: int | None = None, oauth: str | None = None
) -> Iterator[MailServer]:
    """Start both servers in a folder and stop them by their own process ids.

    ``milter`` is the port of a signer that every mail passes, ``oauth`` an endpoint
    that tells whose an access token is.
    """
    port = free_port()
    os.umask(0o022)  # Postfix's own user has to enter what root makes
    folder.chmod(0o755)
    for parent in folder.parents[:2]:
        parent.chmod(0o755)
    for name in ("spool", "lib", "mail", "dovecot", "conf", "spool/private"):
        (folder / name).mkdir(exist_ok=True)
    _certificate(folder)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    conf = folder / "conf"
    signer = f"smtpd_milters = inet:{HOST}:{milter}" if milter else ""
    (conf / "main.cf").write_text(MAIN.format(folder=folder, milter=signer))
    (conf / "master.cf").write_text(MASTER.format(port=f"{HOST}:{port}"))
    (folder / "dovecot.conf").write_text(_dovecot(folder, oauth))
    subprocess.run(
        ["chown", "postfix", folder / "lib", folder / "spool/private"], check=True
    )
    subprocess.run(["chown", "nobody", folder / "mail"], check=True)
    quiet = (folder / "output").open("w")
    postfix = ["/usr/sbin/postfix", "-c", str(conf)]
    dovecot = subprocess.Popen(
        ["/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf")],
        stdout=quiet,
        stderr=quiet,
    )
    try:
        _started(postfix, quiet)
        _wait_for(port, folder / "spool/private/auth")
        yield MailServer(
            port=port, ca_file=folder / "cert.pem", maildir=folder / "mail/desk"
        )
    finally:
        subprocess.run([*postfix, "stop"], check=False, stdout=quiet, stderr=quiet)
        dovecot.terminate()
        dovecot.wait(timeout=20)
        quiet.close()


OAUTH = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth.conf
}}
"""
INTROSPECT = """\
introspection_mode = post
introspection_url = {url}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""


def _dovecot(folder: Path, oauth: str | None) -> str:
    if oauth is None:
        return DOVECOT.format(folder=folder, more="")
    more = by_token(folder, oauth)
    return DOVECOT.format(folder=folder, more=" xoauth2 oauthbearer") + more


def by_token(folder: Path, oauth: str) -> str:
    """Return what of Dovecot's settings takes access tokens."""
    (folder / "oauth.conf").write_text(INTROSPECT.format(url=oauth))
    return OAUTH.format(folder=folder)


def _certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    (folder / "key.pem").chmod(0o600)


def _started(postfix: list[str], quiet: IO[str]) -> None:
    """Start Postfix; on a busy machine its master needs more than one try."""
    for _ in range(5):
        for word in ("start", "status"):
            done = subprocess.run(
                [*postfix, word], check=False, stdout=quiet, stderr=quiet
            )
            if done.returncode == 0:
                return
        time.sleep(1)
    message = "Postfix did not start"
    raise RuntimeError(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, auth: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0 and auth.exists():
                return
        time.sleep(0.05)
    message = "the mail server did not start"
    raise RuntimeError(message)


def server_context(folder: Path) -> ssl.SSLContext:
    """Return a TLS context with its own certificate, for servers that misbehave."""
    _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
