"""Names as statements and letters print them: behind a mark, before a legal form.

``PAYPAL *SPOTIFY`` says who took the money before the star, ``Amazon Prime*RT4`` has a
reference behind it, and ``Spotify AB`` is the company that people call Spotify.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import rescind
from rescind.adapters.data.name_words import fold
from rescind.adapters.data.service_names import ServiceName
from rescind.adapters.data.yaml import read_yaml

_CHANNELS = {
    "paypal": "paypal",
    "pypl": "paypal",
    "pp": "paypal",
    "google": "google",
    "google play": "google",
}
"""Marks of who decides about a contract, or takes the money for who does."""
_SELLERS = Path(rescind.__file__).parent / "data" / "descriptors" / "sellers.yaml"
_REFERENCE = re.compile(r"(?<=\w)\s*\*\s*(?=\S*[0-9])[0-9a-z-]+\s*$", re.IGNORECASE)
"""A star and a reference, behind the company."""
_WRITTEN = """
gmbh ggmbh mbh ag kg ohg ug se ek ev kgaa gbr haftungsbeschrankt
ltd limited plc llp lp llc inc incorporated corp corporation co company ulc dac
pty pte pvt private privatelimited unlimited bhd sdnbhd
sa sas sasu sarl snc sca srl srls spa sapa sl slu sau scs
bv nv vof ab hb kb as asa aps oy oyj
spzoo spk sro spolsro kft zrt nyrt bt doo dd ou uab sia ad ood eood
lda ltda eireli sadecv sderldecv sapidecv kk gk ltdsti εε αε επε
"""
_FORMS = frozenset(_WRITTEN.split())
"""Legal forms as they are folded; "co" and "&" stand among them: GmbH & Co. KG."""
_BEFORE = frozenset({"ооо", "оао", "зао", "пао", "тов", "uab", "sia", "pt"})
"""Legal forms that stand before the name."""
_MOST_WORDS = 4
"""Words of a legal form: S.A. de C.V."""
_NO_OTHER_WORD = 3
"""Letters from which a legal form is hardly a word of a sentence: ltd, not as."""
_OTHER_WORDS = frozenset({"spa", "company", "private", "unlimited", "sau"})
_LONG_WORD, _LONG_NAME = 8, 6
"""Letters of an alias that is nobody else's; of several words fewer do: a company that
is called Claude or Max is another one."""


@cache
def payers() -> tuple[str, ...]:
    """Return who carries the money for the company that stands behind them."""
    content = read_yaml(_SELLERS)
    return tuple(content["payers"])


@cache
def _taken_by() -> re.Pattern[str]:
    """Return the mark of who took the money, before a star and the company."""
    names = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in payers())
    return re.compile(rf"^\s*({names})\s*\*\s*(?=\S)", re.IGNORECASE)


def without_payer(name: str) -> str:
    """Return what stands behind who carries the money, and its star.

    >>> without_payer("PAYPAL *ROKU FOR STARZ"), without_payer("Roku")
    ('ROKU FOR STARZ', 'Roku')
    """
    return _taken_by().sub("", name)


def without_mark(name: str) -> str:
    """Return a company's name without the mark of who takes its money.

    >>> without_mark("PAYPAL *Zorblatt"), without_mark("Star * Gym")
    ('Zorblatt', 'Star * Gym')
    >>> without_mark("Amazon Prime*RT4")
    'Amazon Prime'
    """
    return _REFERENCE.sub("", without_payer(name))


def channel_of_mark(name: str) -> str | None:
    """Return through whom a line of a statement was billed, where its mark tells.

    >>> channel_of_mark("GOOGLE *YouTube"), channel_of_mark("SumUp *Yoga")
    ('google', None)
    """
    mark = _taken_by().match(name)
    return _CHANNELS.get(" ".join(mark[1].lower().split())) if mark else None


def without_legal_form(name: str) -> str:
    """Return what a company is called without its legal form; of it alone, itself.

    >>> without_legal_form("NETFLIX INTERNATIONAL B.V."), without_legal_form("Oy")
    ('NETFLIX INTERNATIONAL', 'Oy')
    >>> without_legal_form("Kino, sp. z o.o."), without_legal_form("Bau GmbH & Co. KG")
    ('Kino', 'Bau')
    """
    words = name.replace(",", " ").split()
    if words[1:] and fold(words[0]) in _BEFORE:
        words = words[1:]
    while length := _form_length(words):
        words = words[:-length]
    return " ".join(words)


def _form_length(words: list[str]) -> int:
    """Return how many of the last words are a legal form; one stays before it."""
    for length in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        form = fold("".join(words[-length:]))
        if form in _FORMS or (not form and length == 1):
            return length
    return 0


def has_legal_form(name: str) -> bool:
    """Return whether a name is that of a company, by its legal form."""
    return without_legal_form(name) != " ".join(name.replace(",", " ").split())


def is_legal_form(word: str) -> bool:
    """Return whether a folded word can be a company's legal form."""
    return word in _FORMS


def is_surely_legal_form(word: str) -> bool:
    """Return whether a folded word is a legal form and hardly anything else."""
    is_long = len(word) >= _NO_OTHER_WORD and word not in _OTHER_WORDS
    return is_long and word in _FORMS


def called_as_companies(
    services: Iterable[ServiceName],
) -> Iterator[tuple[str, ServiceName]]:
    """Yield what companies are called, without legal form, with the services they are.

    What several services have on statements, or what does not begin with the service's
    name, may be paid for something else: who names it has to say what is meant.
    """
    services = list(services)
    owners: dict[str, set[str]] = {}
    for each in services:
        for company in (*each.companies, *each.on_statements):
            owners.setdefault(fold(without_legal_form(company)), set()).add(each.slug)
    for each in services:
        own = (each.slug, each.name, *filter(_is_nobody_elses, each.aliases))
        for name in own:
            yield fold(name), each
        starts = tuple(filter(None, map(fold, each.called())))
        for company in (*each.companies, *each.on_statements):
            name = fold(without_legal_form(company))
            if len(owners[name]) == 1 and name.startswith(starts):
                yield name, each


def _is_nobody_elses(alias: str) -> bool:
    least = _LONG_WORD if len(alias.split()) == 1 else _LONG_NAME
    return len(fold(alias)) >= least
