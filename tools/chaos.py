"""The long runs: far more changed packs, hostile mails and bombs than the tests try.

``make chaos``. ``RESCIND_CHAOS`` sets how many places of a full pack are tried
(20,000), and a quarter of it how many mails and how many bent packs are read.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable

    from rescind.adapters.evidence.trust import Trust

SAMPLE = Path(__file__).parents[1] / "tests" / "samples" / "packs" / "log-2"


def main() -> int:
    """Change packs and say how many changes were noticed; 1 if one was not."""
    os.environ["RESCIND_HOME"] = tempfile.mkdtemp(prefix="rescind-chaos-")
    os.environ["RESCIND_KEY_PASSPHRASE"] = "chaos"
    from rescind.app.setup import configure

    # before what keeps something is imported, as by every door
    configure()
    from tests.proof import flips
    from tests.proof.conftest import trusting
    from tests.proof.test_packs import small

    from rescind.adapters.evidence import signing_keys

    seed = int(os.environ.get("RESCIND_SEED", str(int(time.time()))))
    random = Random(seed)
    key = signing_keys.own_key(Path(os.environ["RESCIND_HOME"]), now=datetime.now(UTC))
    raw, trust = small(key), trusting(signing_keys.certificate_pem(key))
    assert flips.holds(raw, trust)
    missed = 0
    for bit in range(8):
        places = range(len(raw))
        missed += len(
            [p for p in places if flips.holds(flips.flipped(raw, p, bit), trust)]
        )
    print(f"minimal pack: every bit of {len(raw):,} bytes, {missed} unseen", flush=True)
    count = int(os.environ.get("RESCIND_CHAOS", "20000"))
    full = (SAMPLE / "pack.asice").read_bytes()
    trust = trusting(
        (SAMPLE / "sealer.pem").read_bytes(), (SAMPLE / "authority.pem").read_bytes()
    )
    assert flips.holds(full, trust)
    unseen = flips.unseen(full, trust, flips.places(full, count, random), random)
    print(f"full pack of {len(full):,} bytes, seed {seed}: {count:,} places, ", end="")
    print(f"{len(unseen)} unseen {unseen[:10]}")
    cuts = [random.randrange(len(full)) for _ in range(500)]
    whole = [cut for cut in cuts if flips.holds(full[:cut], trust)]
    print(f"cut off at 500 places: {len(whole)} unseen")
    crashes = _read_mail(count // 4, random)
    crashes += _read_packs(full, trust, count // 4, random)
    crashes += _read_bombs()
    return 1 if missed or unseen or whole or crashes else 0


def _read_packs(full: bytes, trust: "Trust", count: int, random: Random) -> int:
    """Read bent packs, say how it went, and return how many broke it or were held."""
    from tests.proof import hostile

    from rescind.app.prove.packs import verify_bytes
    from rescind.core.errors import BadInput

    wrong, refused, slowest = 0, 0, 0.0
    sound = hostile.contents_of(full)
    for _ in range(count):
        raw = hostile.pack(sound, random)
        begun = time.process_time()
        try:
            checks = verify_bytes(raw, trust)
            if all(check.holds or check.is_extra for check in checks):
                wrong += not hostile.is_same(raw, sound)
        except BadInput:
            refused += 1
        except Exception as error:  # noqa: BLE001 - what it looks for
            wrong += 1
            print(f"{type(error).__name__}: {error}"[:300])
        slowest = max(slowest, time.process_time() - begun)
    print(
        f"{count:,} bent packs: {refused:,} were no packs, {wrong} held or broke ",
        end="",
    )
    print(f"the reader, slowest {slowest:.2f} s", flush=True)
    return wrong


def _read_bombs() -> int:
    """Read files that ask for too much; return how many got it, or broke something."""
    from tests.confined import bombs

    from rescind.app.find import finding
    from rescind.app.prove.packs import TrustedFiles, verify_upload
    from rescind.core.errors import BadInput

    nobody = TrustedFiles(contents={})
    reads: dict[str, Callable[[], object]] = {
        what: partial(finding.read_content, name, make(), {})
        for what, (name, make) in bombs.STATEMENTS.items()
    }
    reads |= {
        what: partial(verify_upload, make(), nobody)
        for what, make in bombs.PACKS.items()
    }
    broken, own = 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for what, read in reads.items():
        begun = time.monotonic()
        try:
            read()
            end = "answered"
        except BadInput as error:
            end = f"refused: {error.message}"[:70]
        except Exception as error:  # noqa: BLE001 - what it looks for
            broken += 1
            end = f"BROKE: {error!r}"
        print(f"  {what}: {time.monotonic() - begun:.1f} s, {end}", flush=True)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own) // 1024
    good = b"Date,Description,Amount\n2026-01-02,Lumen,-9.99\n"
    broken += finding.read_content("a.csv", good, {}).entries.height != 1
    print(f"{len(reads)} bombs: {broken} broke something; this process grew {grown} MB")
    return broken


MOST_ENCODED = 100
"""Hostile mails on which the encoder of the extra has its say."""


def _read_mail(count: int, random: Random) -> int:
    """Read hostile mails, say how it went, and return how many broke a reader."""
    from tests.confined.hostile import message
    from tests.confined.test_confined import MAIL_READERS

    from rescind.adapters.mail import opinions

    crashes, slowest = 0, 0.0
    for number in range(count):
        if number == MOST_ENCODED:
            # it reads some ten a second: the others are read by words and rules
            mock.patch.object(opinions, "encoder", return_value=None).start()
        raw = message(random)
        for read in MAIL_READERS:
            begun = time.process_time()
            try:
                read(raw)
            except Exception as error:  # noqa: BLE001 - what it looks for
                crashes += 1
                print(f"{type(error).__name__}: {error}: {raw[:200]!r}")
            slowest = max(slowest, time.process_time() - begun)
    print(f"{count:,} hostile mails: {crashes} broke a reader, slowest {slowest:.2f} s")
    return crashes


if __name__ == "__main__":
    sys.exit(main())
