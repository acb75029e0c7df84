"""``rescind serve``: the web app, on this machine only."""

import errno
import os
import socket
import sys
import webbrowser
from collections.abc import Callable

import click
from waitress import create_server

from rescind.app.follow.worker import in_background
from rescind.app.setup import setup, web_application
from rescind.cli.door import Door
from rescind.cli.progress import working
from rescind.cli.proxies import Proxies, read_networks
from rescind.core.errors import BadInput
from rescind.settings import (
    data_folder,
    listening_address,
    private_folder,
    proxies,
    public_address,
    write_private,
)

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_PORT = 65535


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback only.")
@click.option("--port", default=8000, show_default=True, help="0 takes a free one.")
@click.option("--threads", default=4, show_default=True, help="Requests at a time.")
@click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open the link in the browser.  [default: at a terminal]",
)
@click.option(
    "--worker/--no-worker",
    default=True,
    help="Also do what is due, or leave that to rescind worker.  [default: worker]",
)
def serve(
    host: str, port: int, threads: int, *, opens: bool | None, worker: bool
) -> None:
    """Open the web app for this machine; stop it with Ctrl-C.

    The link that is printed lets one browser in; without it nobody on this machine
    sees anything. It holds until the app is stopped.
    """
    if host not in {*LOOPBACK, listening_address()}:
        raise BadInput("host", f"{host} can be reached from outside", sorted(LOOPBACK))
    if not 0 <= port <= MAX_PORT:
        raise BadInput("port", f"{port} is no port", ["8000"])
    networks = read_networks(proxies())
    listener = _listen(host, port)

    working("Starting")
    setup()
    taken = listener.getsockname()[1]
    door = Door(web_application(), taken)
    link = f"{_address(host, taken)}{door.path}"
    click.echo(f"Rescind is at {link}")
    click.echo(f"Everything is kept in {data_folder()}")
    click.echo(f"To stop: Ctrl-C (process {os.getpid()})")
    sys.stdout.flush()
    server = create_server(
        Proxies(door, networks),
        sockets=[listener],
        threads=threads,
        ident=None,
        clear_untrusted_proxy_headers=False,  # Proxies does, by the named ones
    )
    if sys.stdout.isatty() if opens is None else opens:
        _open(link)
    end_worker = _worker() if worker else None
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("stopped")
    finally:
        if end_worker is not None:
            end_worker()


def _address(host: str, port: int) -> str:
    """Return where a browser finds the app: a proxy's address, or this machine's.

    In a container every address of its own is listened on, and the port is published
    to the loopback of the machine around it.
    """
    if address := public_address():
        return address
    if host not in LOOPBACK:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _open(link: str) -> None:
    """Open a link in the person's browser, by a file that leads there.

    A program's arguments can be read by every user of a machine; the file cannot.
    """
    page = private_folder() / "start.html"
    write_private(page, f'<meta http-equiv="refresh" content="0; url={link}">'.encode())
    webbrowser.open(page.as_uri())


def _worker() -> Callable[[], None]:

    return in_background()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(64)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            message = f"{port} is in use by another program"
            raise BadInput(
                "port", message, [f"--port {port + 1}", "--port 0"]
            ) from error
        raise BadInput("port", f"{port}: {error.strerror}", ["--port 8080"]) from error
    return listener
