"""Write into docs/reference.md what is read off tables: the facts."""

from pathlib import Path

from rescind.adapters.data.questions import question
from rescind.core.facts import FACTS

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"
BEGIN = "<!-- The facts, by `make docs` from core/facts.py and its words. -->\n"
END = "<!-- End of the facts. -->\n"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(with_facts(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def with_facts(page: str) -> str:
    """Return a page with the table of facts between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + fact_table() + END + after


def fact_table() -> str:
    """Return a Markdown table with a row for each fact."""
    rows = "".join(f"{fact_row(name)}\n" for name in FACTS)
    return f"| Fact | Question | Value |\n|---|---|---|\n{rows}"


def fact_row(name: str) -> str:
    """Return a fact's row: its name, its question with the hint, and its values."""
    asked = question(name)
    only = "; only for `other`" if asked.fact.only_other else ""
    if asked.fact.tells_offer:
        only = "; of a service on file, only what is paid for so often is looked at"
    return f"| `{name}` | {asked.text} {asked.hint} | {asked.written}{only}. |"


if __name__ == "__main__":
    main()
