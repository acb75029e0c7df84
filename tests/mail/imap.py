"""A real Dovecot with one mailbox, over TLS on loopback, for one test session."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mail.servers import (
    HOST,
    PASSWORD,
    USER,
    by_token,
    free_port,
    server_context,
)

CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
auth_mechanisms = plain login{more}
default_internal_user = dovecot
default_login_user = dovenull
mail_location = maildir:{mail}
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/home
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {plain}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
"""


def _config(folder: Path, port: int, plain: int, mail: Path, oauth: str | None) -> str:
    values = {"folder": folder, "port": port, "plain": plain, "mail": mail}
    if oauth is None:
        return CONFIG.format(**values, more="")
    more = " xoauth2 oauthbearer"
    return CONFIG.format(**values, more=more) + by_token(folder, oauth)


@dataclass(frozen=True)
class Mailbox:
    """Where it answers, what to trust, and where its mail lies."""

    port: int
    plain: int
    ca_file: Path
    folder: Path

    def deliver(self, raw: bytes, name: str) -> Path:
        """Put a message into the mailbox, as a delivery would."""
        path = self.folder / "new" / name
        path.write_bytes(raw.replace(b"\r\n", b"\n"))
        os.chown(path, 65534, 65534)
        return path


@contextmanager
def running(
    folder: Path, maildir: Path | None = None, *, oauth: str | None = None
) -> Iterator[Mailbox]:
    """Start Dovecot in a folder and stop it by its own process id.

    ``maildir`` is where another server delivers; without one it has its own.
    ``oauth`` is an endpoint that tells whose an access token is.
    """
    mail = maildir or folder / "mail"
    port, plain = free_port(), free_port()
    os.umask(0o022)
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    server_context(folder)
    for name in ("run", "home"):
        (folder / name).mkdir(parents=True)
    for name in ("new", "cur", "tmp"):
        (mail / name).mkdir(parents=True, exist_ok=True)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    subprocess.run(["chown", "-R", "65534:65534", mail], check=True)
    subprocess.run(["chown", "65534:65534", folder / "home"], check=True)
    config = folder / "dovecot.conf"
    config.write_text(_config(folder, port, plain, mail, oauth))
    quiet = (folder / "output").open("w")
    server = subprocess.Popen(
        ["/usr/sbin/dovecot", "-F", "-c", str(config)], stdout=quiet, stderr=quiet
    )
    try:
        _wait(port)
        yield Mailbox(
            port=port,
            plain=plain,
            ca_file=folder / "cert.pem",
            folder=mail,
        )
    finally:
        server.terminate()
        server.wait(timeout=20)
        quiet.close()


def _wait(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    message = "Dovecot did not start"
    raise RuntimeError(message)
