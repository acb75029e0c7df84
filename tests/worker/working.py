"""A worker that does what is due, once, in the test's own process; and what follows."""

from rescind.adapters import clock
from rescind.adapters.public.advice import AdviceJson
from rescind.adapters.public.steps import StepJson
from rescind.app.follow import advising, answers, steps, worker
from rescind.core.model.work import WorkOverview
from rescind.store import selectors, workers


def work(threads: int = 2) -> int:
    """Do what is due; return how much that was."""
    it = worker.Worker(threads=threads)
    it.start()
    try:
        return it.run_once()
    finally:
        it.stop()


def overview() -> WorkOverview:
    """Return who works, what comes next, and what failed."""
    return workers.overview(clock.now())


def next_steps(case_id: str) -> list[StepJson]:
    """Return what comes next in a case."""
    return steps.steps(selectors.read_case(case_id))


def advice(case_id: str, language: str = "en") -> AdviceJson | None:
    """Return what follows from the newest answer in a case."""
    case = selectors.read_case(case_id)
    return advising.advice(case, answers.answers(case), language)
