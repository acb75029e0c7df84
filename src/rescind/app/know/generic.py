"""Words that people type for a name and that name no company: ``gym``, ``dating app``.

They say what kind of contract it is, or, as a store's line on a statement does, who
charges for it; which company it is with is asked on the page of facts.
"""

import re
from collections.abc import Mapping

_KINDS: Mapping[str, str] = {
    word: kind
    for kind, words in {
        "gym": "gym|fitness|fitness studio|fitnessstudio|sportstudio|gimnasio|"
        "salle de sport|palestra|sportschool|health club",
        "dating": "dating|dating app|dating site|dating service|datingapp|partnerbörse|"
        "app de citas|site de rencontre",
        "course": "course|online course|specialization|specialisation|"
        "coding bootcamp|kurs|onlinekurs|curso|cours",
        "streaming": "streaming|streaming service|streamingdienst|tv streaming",
        "newspaper": "newspaper|magazine|zeitung|zeitschrift|periódico|journal",
        "telecom": "internet|phone|mobile|phone contract|mobile phone|broadband|handy|"
        "handyvertrag|internetvertrag|móvil|mobilfunk",
        "energy": "electricity|gas|strom|energy|luz",
        "insurance": "insurance|versicherung|seguro|assurance|assicurazione",
        "software": "software|app|an app",
        "membership": "club|membership|verein|mitgliedschaft",
        "box": "box|food box|kochbox|meal kit",
    }.items()
    for word in words.split("|")
}
_STORES: Mapping[str, str] = {
    "apple": r"(?:apple|itunes|applecom)[ ./*]*(?:com)?[ ./*]*bill",
    "google": r"google ?\*? ?(?:play)?",
}
"""Lines of a store on a statement that tell of no app."""
_OWN = re.compile(r"^(?:my|the|a|an|mein|meine|mi|mon|ma|il mio) ")
_SUBSCRIPTION = re.compile(r" (?:subscription|contract|abo|vertrag|abonnement)$")


def facts_in(name: str) -> dict[str, str]:
    """Return the facts that a generic name tells; empty for the name of a company.

    >>> facts_in("My gym"), facts_in("APPLE.COM/BILL"), facts_in("FitX")
    ({'kind': 'gym'}, {'channel': 'apple'}, {})
    """
    words = " ".join(name.casefold().split())
    for channel, line in _STORES.items():
        if re.fullmatch(line, words):
            return {"channel": channel}
    bare = _SUBSCRIPTION.sub("", _OWN.sub("", words))
    kind = _KINDS.get(bare)
    return {} if kind is None else {"kind": kind}


def without_generic(name: str) -> str:
    """Return a name without the words that say only what is bought.

    >>> without_generic("Coursera specialization"), without_generic("my gym")
    ('coursera', 'my gym')
    """
    words = " ".join(name.casefold().split())
    for generic in sorted(_KINDS, key=len, reverse=True):
        shorter = _OWN.sub("", words.removesuffix(f" {generic}"))
        if words.endswith(f" {generic}") and shorter and not _OWN.match(f"{shorter} "):
            return shorter
    return words
