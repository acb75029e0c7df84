"""Print what each distribution of this environment takes on the disk.

Usage: PYTHON tools/sizes.py [LEAST MB]; what Python compiled to is counted with it.
"""

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

MEGABYTE = 1_000_000


def size(distribution: Distribution) -> int:
    """Return the bytes on the disk: its files, and what they were compiled to."""
    total = 0
    for file in distribution.files or ():
        path = Path(str(distribution.locate_file(file)))
        compiled = path.parent / "__pycache__"
        every = [path, *compiled.glob(f"{path.stem}.*.pyc")]
        if path.suffix == ".pyc":
            continue  # counted with its source
        total += sum(each.stat().st_size for each in every if each.is_file())
    return total


def main() -> None:
    """Print the table, and its sum."""
    least = float(sys.argv[1]) if sys.argv[1:] else 5.0
    sizes = {each.metadata["Name"]: size(each) for each in distributions()}
    for name, count in sorted(sizes.items(), key=lambda item: -item[1]):
        if count >= least * MEGABYTE:
            print(f"{count / MEGABYTE:8.1f}  {name}")
    rest = sum(count for count in sizes.values() if count < least * MEGABYTE)
    print(f"{rest / MEGABYTE:8.1f}  (each of the others below {least:g})")
    print(f"{sum(sizes.values()) / MEGABYTE:8.1f}  all {len(sizes)}")


if __name__ == "__main__":
    main()
