"""Measure habits of the code: comments, names, helpers, complexity.

``python -m tools.habits [FOLDER]`` prints a table in Markdown of the Python files below
a folder. A binding is a name that an assignment, a loop, ``with``, ``except``, a
comprehension or a parameter gives; a helper is a function at the top of a module.
"""

import ast
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PARTICIPLES = frozenset(
    {
        *("found", "told", "kept", "said", "shown", "given", "asked", "chosen"),
        *("wanted", "seen", "made", "taken", "sent", "listed", "played", "known"),
        *("tried", "stated", "done", "held", "left", "met", "written", "drawn"),
        "missed",
    }
)
"""Words that say what was done to a thing and not what it is."""
MOST_BRANCHES = 10
_BRANCHES = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp),
    *(ast.comprehension, ast.match_case, ast.BoolOp),
)


def main(folder: str = "src") -> None:
    """Print the figures of the Python files below a folder."""
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).rglob("*.py"))]
    trees = [ast.parse(text) for text in texts]
    code = sum(_lines_of_code(text) for text in texts)
    comments = sum(_comments(text) for text in texts)
    names = [name for tree in trees for name in _bindings(tree)]
    participles = sum(name.strip("_") in PARTICIPLES for name in names)
    helpers = [list(_top_functions(tree)) for tree in trees]
    once = sum(
        _called_once(tree, own) for tree, own in zip(trees, helpers, strict=True)
    )
    functions = [each for tree in trees for each in _functions(tree)]
    deep = sum(_complexity(each) > MOST_BRANCHES for each in functions)
    rows = {
        "comments per 100 lines of code": f"{100 * comments / code:.1f}",
        "participles used as nouns, share of bindings": _share(participles, len(names)),
        "private helpers called exactly once, share of module functions": _share(
            once, sum(map(len, helpers))
        ),
        f"functions of complexity over {MOST_BRANCHES}": _share(deep, len(functions)),
    }
    print("| habit | figure |\n|---|---|")
    for name, figure in rows.items():
        print(f"| {name} | {figure} |")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} % ({part} of {whole})"


def _lines_of_code(text: str) -> int:
    plain = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return len({t.start[0] for t in tokens if t.type not in plain and t.string.strip()})


def _comments(text: str) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


def _bindings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name


def _top_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in tree.body if isinstance(node, ast.FunctionDef))


def _called_once(tree: ast.AST, own: list[ast.FunctionDef]) -> int:
    calls = Counter(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    return sum(each.name.startswith("_") and calls[each.name] == 1 for each in own)


def _functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _complexity(function: ast.AST) -> int:
    return 1 + sum(isinstance(node, _BRANCHES) for node in ast.walk(function))


if __name__ == "__main__":
    main(*sys.argv[1:2])
