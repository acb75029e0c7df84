"""A worker that does what is due, once, within the test's own process."""

from rescind.app.follow import worker


def work(threads: int = 2) -> int:
    """Do what is due; return how much that was."""
    it = worker.Worker(threads=threads)
    it.start()
    try:
        return it.run_once()
    finally:
        it.stop()
