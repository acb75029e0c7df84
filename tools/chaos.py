"""The long runs: far more changed packs than the tests try. ``make chaos``.

``RESCIND_CHAOS`` sets how many places of a full pack are tried (20,000).
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
    return 1 if missed or unseen or whole else 0


if __name__ == "__main__":
    sys.exit(main())
