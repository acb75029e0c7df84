"""The long runs: far more changed packs and hostile mails than the tests try.

``make chaos``. ``RESCIND_CHAOS`` sets how many places of a full pack are tried
(20,000), and a quarter of it how many mails are read.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

SAMPLE = Path(__file__).parents[1] / "tests" / "samples" / "packs" / "log-2"


def main() -> int:
    """Change packs and say how many changes were noticed; 1 if one was not."""
    os.environ["RESCIND_HOME"] = tempfile.mkdtemp(prefix="rescind-chaos-")
    os.environ["RESCIND_KEY_PASSPHRASE"] = "chaos"
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
    return 1 if missed or unseen or whole or crashes else 0


def _read_mail(count: int, random: Random) -> int:
    """Read hostile mails, say how it went, and return how many broke a reader."""
    from tests.confined.hostile import message
    from tests.confined.test_confined import MAIL_READERS

    crashes, slowest = 0, 0.0
    for _ in range(count):
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
