"""Measure letters against WeasyPrint, ReportLab and bare Typst, on the same letter.

``python -m tools.bench_letters`` runs each maker in a process of its own: one letter
from cold, many warm on one core, the peak of memory, the size of the file.
"""

import html
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rescind.core.model.letter import Letter

MANY = 40
RUNS = 5
FACTS = {
    "service": "coursera",
    "offer": "plus-annual",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-11-16",
    "as_of": "2026-11-20",
}
SENDER = {
    "name": "Ada Lovelace",
    "email": "ada@home.example.org",
    "address": ["Hauptstraße 1", "10115 Berlin"],
    "country": "DE",
    "card_last4": "4242",
}


def the_letter() -> Letter:
    """Return the letter that every maker prints."""
    from rescind.app.act import letters

    now = datetime(2026, 11, 20, tzinfo=UTC)
    wanted = letters.Wanted(kind="withdraw", language="de")
    return letters.write(FACTS, SENDER, wanted, now=now).letter


def rescind() -> Callable[[Letter], bytes]:
    """Print a composed letter: the data inside, the page, the archive profile."""
    from rescind.app.act import letters

    return letters.renderer().pdf


PLAIN = """
#let letter = json(bytes(sys.inputs.data))
#set document(title: letter.subject, date: datetime(year: 2026, month: 11, day: 20))
#set page(paper: "a4")
#set text(lang: letter.language, size: 10.5pt, font: ("Libertinus Serif",))
#letter.sender_lines.join(" · ")

#letter.recipient_lines.join(linebreak())

= #letter.subject
#letter.salutation
#for paragraph in letter.paragraphs { par[#paragraph] }
#for reference in letter.references [#reference.at(0): #strong(reference.at(1)) \\ ]
#letter.closing

#letter.sender
"""
"""The same words as a plain page: no window, no marks, no data inside."""


def typst() -> Callable[[Letter], bytes]:
    """Run Typst alone: the same words and the same standards on a plain page."""
    import typst as bare

    from rescind.adapters.data.fonts import fonts
    from rescind.adapters.typst import STANDARDS, page_data

    page = Path(tempfile.mkdtemp()) / "plain.typ"
    page.write_text(PLAIN, encoding="utf-8")
    compiler = bare.Compiler(str(page), font_paths=fonts())

    def run(letter: Letter) -> bytes:
        inputs = {"data": page_data(letter)}
        pdf = compiler.compile(
            format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=0
        )
        assert isinstance(pdf, bytes)
        return pdf

    return run


def weasyprint() -> Callable[[Letter], bytes]:
    """Print the same words from HTML, tagged, as PDF/UA-1 (its own word)."""
    import weasyprint as maker

    def run(letter: Letter) -> bytes:
        made = maker.HTML(string=as_html(letter)).write_pdf(pdf_variant="pdf/ua-1")
        assert isinstance(made, bytes)
        return made

    return run


def as_html(letter: Letter) -> str:
    """Return the letter's words as a page."""
    title = html.escape(letter.subject)
    rows = "<br>".join(
        f"{html.escape(k)}: <strong>{html.escape(v)}</strong>"
        for k, v in letter.references
    )
    words = "".join(f"<p>{html.escape(p.text)}</p>" for p in letter.paragraphs[1:])
    return f"""<!doctype html><html lang="de"><title>{title}</title>
<style>@page {{ size: A4; margin: 27mm 20mm 20mm 25mm }} body {{ font: 10.5pt serif }}
</style><p>{" · ".join(map(html.escape, letter.sender.lines))}</p>
<p>{"<br>".join(map(html.escape, letter.recipient.lines))}</p>
<p style="text-align: right">{letter.written_on_text}</p>
<h1 style="font-size: 10.5pt">{html.escape(letter.subject)}</h1>
<p>{letter.salutation}</p><p>{html.escape(letter.paragraphs[0].text)}</p><p>{rows}</p>
{words}<p>{letter.closing}</p><p>{letter.sender.name}</p></html>"""


def reportlab() -> Callable[[Letter], bytes]:
    """Print the same words with platypus; untagged, no archive profile."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = getSampleStyleSheet()["Normal"]

    def run(letter: Letter) -> bytes:
        target = io.BytesIO()
        texts = [
            " · ".join(letter.sender.lines),
            *letter.recipient.lines,
            letter.written_on_text,
            f"<b>{html.escape(letter.subject)}</b>",
            letter.salutation,
            html.escape(letter.paragraphs[0].text),
            *(
                f"{html.escape(k)}: <b>{html.escape(v)}</b>"
                for k, v in letter.references
            ),
            *(html.escape(p.text) for p in letter.paragraphs[1:]),
            letter.closing,
            letter.sender.name,
        ]
        story = [part for t in texts for part in (Paragraph(t, style), Spacer(1, 6))]
        SimpleDocTemplate(target, pagesize=A4, title=letter.subject).build(story)
        return target.getvalue()

    return run


MAKERS = {
    "rescind": rescind,
    "typst": typst,
    "weasyprint": weasyprint,
    "reportlab": reportlab,
}


def one(name: str, count: int) -> None:
    """Print what one maker did in this process, as JSON; no letter comes twice."""
    run = MAKERS[name]()
    first = the_letter()
    size = len(run(first))
    best = float("inf")
    for turn in range(3 if count > 1 else 0):
        named = [replace(first.sender, name=f"Ada {turn} {n}") for n in range(count)]
        made = [replace(first, sender=sender) for sender in named]
        started = time.process_time()
        for letter in made:
            run(letter)
        best = min(best, time.process_time() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"a_second": count / best, "size": size, "peak": peak}))


def cold(name: str) -> float:
    """Return the median seconds of a whole process that prints one letter."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        child(name, 1)
        times.append(time.perf_counter() - started)
    return sorted(times)[RUNS // 2]


def child(name: str, count: int) -> dict[str, float]:
    """Run one maker in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench_letters", name, str(count)],
        capture_output=True,
        check=True,
    )
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def table() -> list[str]:
    """Return the rows of the table, the makers side by side."""
    warm = {name: child(name, MANY) for name in MAKERS}
    ours = warm["rescind"]["a_second"]
    rows = []
    for name, found in warm.items():
        rows.append(
            f"| {name} | {found['a_second']:,.0f} | {ours / found['a_second']:.2f} | "
            f"{cold(name) * 1000:,.0f} ms | {found['peak']:,.0f} MiB | "
            f"{found['size'] / 1024:,.0f} KiB |"
        )
    return rows


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1], int(sys.argv[2]))
    else:
        print("| maker | letters a CPU second | ours is | cold | memory | file |")
        print("|---|---|---|---|---|---|")
        for row in table():
            print(row)
