"""Write docs/law.md: every right on file, by place, and how sure it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rescind.adapters.data import countries
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml

PAGE = Path(__file__).parents[1] / "docs" / "law.md"
SURE = {
    "primary-seen": "read in the law or at its authority",
    "secondary-seen": "told by others",
    "not-sourced": "general knowledge",
}
"""How sure a right is, by the best source behind it; the surest first."""
SCHEMES = {"EU": "European Union", "PAYMENT": "Payment schemes"}
WAYS = {
    "online": "online",
    "phone": "by phone",
    "door": "at the door",
    "doorstep": "at the door",
    "premises": "at the desk",
    "fair": "at a fair",
}
UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
ORDER = ("withdrawal", "renewal", "cancellation", "refund", "remedy", "payment")
HEAD = """\
# The law on file, place by place

Made by `make docs` from `src/rescind/data/law`.
How it is applied is told in [algorithms/law.md](algorithms/law.md).
Each right has its kind of contract, how sure it is, and when its source was opened.
What nobody has looked up says so, and no letter rests on it.
A state's own act has rows of its own; what European law gives in all states is EU's.
"""


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Return the whole page in Markdown."""
    entries = list(rights_on_file())
    return "\n".join([HEAD, _counts(entries), _overview(entries), _table(entries)])


def rights_on_file() -> Iterator[dict[str, Any]]:
    """Yield each file's right with the folder that it lies in; bodies are left out."""
    paths = sorted((SHIPPED / "law").glob("*/*.yaml"))
    entries = [read_yaml(path) | {"folder": path.parent.name} for path in paths]
    unions = {
        (e["jurisdiction"], *e.get("kinds", ())): e
        for e in entries
        if "covers" in e and e["answer"] == "yes"
    }
    for entry in entries:
        if entry["right"] == "bodies":
            continue
        carried_out = (entry.get("transposes", ""), *entry.get("kinds", ()))
        union = unions.get(carried_out, {})
        said = {name: union[name] for name in _CARRIED_OUT if name in union}
        yield said | entry


_CARRIED_OUT = ("answer", "period", "sold_by", "kinds_not")
"""What a state's act leaves to the union's law that it carries out."""


def _kinds(entry: dict[str, Any]) -> str:
    kinds = ", ".join(kind.replace("_", " ") for kind in entry.get("kinds", ()))
    if kinds:
        return kinds
    left_out = entry.get("kinds_not", ())
    return f"any but {', '.join(left_out)}" if left_out else "any"


def _counts(entries: list[dict[str, Any]]) -> str:
    withdrawal = {yes: _places(entries, "withdrawal", answer=yes) for yes in (1, 0)}
    renewal = {yes: _places(entries, "renewal", answer=yes) for yes in (1, 0)}
    on_withdrawal = withdrawal[1] | withdrawal[0]
    on_renewal = renewal[1] | renewal[0]
    sure = [_sure(entry) for entry in entries]
    rule, right = len(renewal[1]), len(withdrawal[1])
    lines = [
        f"{len(entries)} rights and recorded absences on file.",
        f"Withdrawal: {len(on_withdrawal)} places, {right} of them with a right.",
        f"Renewal: {len(on_renewal)} places, {rule} of them with a rule.",
        f"Both: {len(on_withdrawal & on_renewal)} places.",
        *(f"{text.capitalize()}: {sure.count(text)}." for text in SURE.values()),
        f"Not looked up: {sum(e['checked_on'] is None for e in entries)}.",
    ]
    return "\n".join(f"- {line}" for line in lines) + "\n"


def _places(entries: list[dict[str, Any]], right: str, *, answer: int) -> set[str]:
    """Return the places with a right of a sort in force, or with its absence."""
    return {
        place
        for entry in entries
        if entry["right"] == right and entry.get("status", "in_force") == "in_force"
        for place in places_of(entry)
        if (entry.get("answer", "yes") == "yes") == bool(answer)
    }


def places_of(entry: dict[str, Any]) -> list[str]:
    """Return the places that a right, or its absence, is about."""
    return entry.get("covers") or entry.get("places") or [entry["jurisdiction"]]


def _overview(entries: list[dict[str, Any]]) -> str:
    rows = [
        "## Withdrawal and renewal at a glance\n",
        "| Place | Withdrawal | Renewal by silence |",
        "|---|---|---|",
    ]
    places = {p for e in entries if e["right"] in ORDER[:2] for p in places_of(e)}
    told = sorted(entries, key=_breadth)
    for place in sorted(places, key=_name):
        here = [e for e in told if not _is_carried_out(e, place, told)]
        cells = [_cell([e for e in here if _tells(e, place, r)]) for r in ORDER[:2]]
        rows.append(f"| {_name(place)} | {cells[0]} | {cells[1]} |")
    return "\n".join(rows) + "\n"


def _is_carried_out(
    entry: dict[str, Any], place: str, entries: list[dict[str, Any]]
) -> bool:
    """Return whether a state says for itself what a union's right comes to there."""
    about = entry["jurisdiction"], entry.get("kinds", [])
    return "covers" in entry and any(
        e["jurisdiction"] == place and (e["transposes"], e.get("kinds", [])) == about
        for e in entries
        if "transposes" in e and entry["answer"] == "yes"
    )


def _cell(entries: list[dict[str, Any]]) -> str:
    texts = list(dict.fromkeys(_short(entry) for entry in entries))
    return "none" if texts == ["none otherwise"] else "; ".join(texts) or "?"


def _breadth(entry: dict[str, Any]) -> tuple[bool, bool]:
    """Return what puts rights for all contracts first, and absences last."""
    return bool(entry.get("kinds")), entry.get("answer") == "no"


def _tells(entry: dict[str, Any], place: str, right: str) -> bool:
    """Return whether an entry belongs into a place's cell of the overview."""
    in_force = entry.get("status", "in_force") == "in_force"
    return in_force and entry["right"] == right and place in places_of(entry)


def _short(entry: dict[str, Any]) -> str:
    kinds = _kinds(entry)
    notes = [] if kinds.startswith("any") else [kinds]
    notes += ["its reach is not settled"] if entry.get("unsettled") else []
    about = f" ({'; '.join(notes)})" if notes else ""
    if entry["right"] == "withdrawal":
        return _withdrawal(entry) + about
    none = entry.get("answer", "yes") == "no"
    return "no rule of its own" if none else entry["name"] + about


def _withdrawal(entry: dict[str, Any]) -> str:
    ways = ", ".join(WAYS[way] for way in entry.get("sold_by", ())) or "otherwise"
    if entry["answer"] == "yes" and ways == "otherwise":
        return _length(entry)
    length = "none" if entry["answer"] == "no" else _length(entry)
    return f"{length} {ways}"


def _length(entry: dict[str, Any]) -> str:
    lengths = [entry["period"]] if "period" in entry else []
    lengths += [ground["period"] for ground in entry.get("grounds", ())]
    working = "working " if entry.get("working_days") else ""
    words = []
    for text in dict.fromkeys(lengths):
        count, unit = int(text[1:-1]), UNITS[text[-1]]
        words.append(f"{count} {working}{unit}{'s' if count > 1 else ''}")
    only = ", on certain grounds" if entry.get("grounds") else ""
    return " or ".join(words) + only


def _table(entries: list[dict[str, Any]]) -> str:
    rows = [
        "## Every right\n",
        "| Place | Kind of contract | Right | What it gives | How sure | Looked up |",
        "|---|---|---|---|---|---|",
    ]
    for entry in sorted(entries, key=_rank):
        gives = _withdrawal(entry) if entry["right"] == "withdrawal" else entry["name"]
        place = f"{_name(entry['jurisdiction'])} `{entry['folder']}`"
        right = "absence" if entry.get("answer") == "no" else entry["right"]
        cells = (place, _kinds(entry), right, gives, _how_sure(entry), _opened(entry))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _rank(entry: dict[str, Any]) -> tuple[str, int, str]:
    right = entry["right"]
    order = ORDER.index(right) if right in ORDER else len(ORDER)
    return _name(entry["jurisdiction"]), order, _kinds(entry)


def _name(place: str) -> str:
    """Return a place's English name; a part of a country keeps its code."""
    country, _, part = place.upper().partition("-")
    name = SCHEMES.get(country) or countries.country_names().get(country, place)
    return f"{name}: {part}" if part and country not in SCHEMES else name


def _how_sure(entry: dict[str, Any]) -> str:
    notes = [_sure(entry)]
    if entry.get("unsettled"):
        notes.append("its reach is not settled")
    if entry.get("status") == "not_in_force":
        notes.append("not in force")
    return "; ".join(notes)


def _sure(entry: dict[str, Any]) -> str:
    """Return how sure the best source behind an entry's claims is."""
    sources = entry["sources"]
    named = {
        sources[claim["source"]].get("verification", "secondary-seen")
        for claim in entry["claims"]
    }
    return next(text for level, text in SURE.items() if level in named)


def _opened(entry: dict[str, Any]) -> str:
    days = [claim.get("checked_on", entry["checked_on"]) for claim in entry["claims"]]
    return max((day for day in days if day), default="not looked up")


if __name__ == "__main__":
    main()
