"""The page: its order, its parts, its empty states, its policy, its size."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted.model.result import AuditResult
from unlisted.report import html, view

ORDER = (
    "before",
    "questions",
    "progress",
    "first",
    "pieces",
    "places",
    "week",
    "found",
    "fine",
    "unchecked",
    "letters",
    "words",
)
SMALL, LARGE = 60_000, 500_000


def tree(result: AuditResult) -> LexborHTMLParser:
    """The rendered page, parsed."""
    return LexborHTMLParser(html.render(result))


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    """The texts of what the selector finds, spaces joined."""
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_same_result_same_bytes(rich: AuditResult) -> None:
    """The same result gives the same page."""
    assert html.render(rich) == html.render(rich)


def test_order_of_the_parts(rich: AuditResult) -> None:
    """The parts stand in the order of the design, after the tool bar."""
    page = tree(rich)
    assert [node.attributes["aria-labelledby"] for node in page.css("main#main > section")] == list(ORDER)
    assert texts(page, "header button") == ["Blur", "Print", "Leave (Shift three times)"]


@pytest.mark.parametrize("name", ["rich", "empty", "nothing", "unread", "small", "many"])
def test_every_part_has_a_heading_and_content(results: dict[str, AuditResult], name: str) -> None:
    """No part is empty, whatever was found: each says something under its heading."""
    for section in tree(results[name]).css("main#main > section"):
        heading = section.css_first("h2")
        assert heading is not None
        assert len(section.text().split()) > len(heading.text().split()) + 2


def test_title_and_first_heading_say_nothing(rich: AuditResult) -> None:
    """The title, which stays in the history, is neutral."""
    page = tree(rich)
    assert texts(page, "title") == ["Notes 2026-11-21"]
    assert texts(page, "main#main h1") == ["Notes 2026-11-21"]


def test_policy_names_the_style_and_the_script_by_their_hashes(rich: AuditResult) -> None:
    """The policy allows exactly the style and the script that stand in the page, and nothing else."""
    text = html.render(rich)
    policy = tree(rich).css("meta[http-equiv]")
    assert len(policy) == 1
    assert policy[0].attributes["http-equiv"] == "Content-Security-Policy"
    content = policy[0].attributes["content"] or ""
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)
    assert style is not None
    assert script is not None
    for name, body in (("style-src", style[1]), ("script-src", script[1])):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in content
    assert content.startswith("default-src 'none'; ")
    assert content.endswith("img-src data:; base-uri 'none'; form-action 'none'")
    assert "unsafe" not in content


def test_nothing_is_loaded_and_nothing_leads_out(rich: AuditResult) -> None:
    """No element loads or leads anywhere: links stay within the page, and no address stands in an attribute."""
    page = tree(rich)
    assert [
        node.attributes["href"] for node in page.css("[href]") if not str(node.attributes["href"]).startswith("#")
    ] == []
    for name in (
        "src",
        "srcset",
        "action",
        "formaction",
        "data",
        "poster",
        "background",
        "ping",
        "style",
        "xlink:href",
    ):
        assert page.css(f"[{name.replace(':', chr(92) + ':')}]") == []
    assert page.css("img, iframe, object, embed, link, base, form, video, audio, use, image, foreignObject") == []
    assert "url(" not in html.render(rich)
    assert "@import" not in html.render(rich)


def test_every_link_within_the_page_has_its_target(results: dict[str, AuditResult]) -> None:
    """No link leads to a step that has no room on the page."""
    for result in results.values():
        page = tree(result)
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids))
        assert {str(node.attributes["href"])[1:] for node in page.css("a[href]")} <= set(ids)


def test_tiles_answer_in_words_count_and_place(rich: AuditResult) -> None:
    """Each of the four questions is answered by a count and by where it is."""
    page = tree(rich)
    assert texts(page, ".tile h3") == ["find where I live?", "know where I’ll be?", "contact me?", "find my family?"]
    assert texts(page, ".tile .answer") == ["Yes, in 3 ways", "Yes, in 2 ways", "Yes, in 2 ways", "Yes, in 1 way"]
    assert texts(page, ".tile p.soft")[2] == "Through “choir member list” and “old forum”."


def test_first_three_steps_are_complete(rich: AuditResult) -> None:
    """Each first step has effect, minutes, who notices, its steps and how to check; the first is marked for today."""
    page = tree(rich)
    tasks = page.css("section[aria-labelledby=first] > ol > li.task")
    assert len(tasks) == 3
    assert ["today" in (task.attributes["class"] or "") for task in tasks] == [True, False, False]
    chips = [[chip.text() for chip in task.css(".chips li")] for task in tasks]
    assert chips[0] == ["Closes 3 of 8 ways in", "About 5 minutes, then wait 10 days", "The site knows."]
    assert chips[1] == ["Closes 1 of 8 ways in", "About 3 minutes", "Nobody notices."]
    assert all(len(task.css("ol.how li")) == 3 for task in tasks)
    assert all("How to check:" in task.text() for task in tasks)


def test_every_finding_has_its_next_step(rich: AuditResult) -> None:
    """Each bad fact carries what to do in the same card."""
    cards = tree(rich).css("article.card")
    assert len(cards) > 10
    assert all(card.css_first(".todo") is not None for card in cards)


def test_every_finding_is_on_the_page(rich: AuditResult) -> None:
    """All 25 findings stand there, each with its certainty."""
    spots = tree(rich).css("[data-f]")
    assert sorted(int(node.attributes["data-f"] or -1) for node in spots) == list(range(25))
    certain = {"You told us", "Quite sure", "Fairly sure", "A guess"}
    assert all(set(map(str.strip, (b.text() for b in node.css("b")))) <= certain and node.css("b") for node in spots)


def test_every_picture_has_a_twin_in_words(rich: AuditResult) -> None:
    """Graph, diagram, curve, week: each picture says where its list or table is, and that is there."""
    page = tree(rich)
    pictures = page.css("svg[role=img]")
    assert len(pictures) == 4
    assert all("says the same" in (picture.attributes["aria-label"] or "") for picture in pictures)
    assert len(page.css(".chain")) == 8
    assert len(page.css("section[aria-labelledby=places] tbody tr")) == 5
    assert len(page.css("section[aria-labelledby=week] tbody tr")) == 6
    assert all(bar.attributes["aria-hidden"] == "true" for bar in page.css(".bars svg"))


def test_pictures_have_colours_without_a_style_sheet(rich: AuditResult) -> None:
    """Every shape has its own colour: printers that ignore the style of the page do not print it black."""
    shapes = tree(rich).css("svg rect, svg circle, svg path, svg text")
    assert len(shapes) > 60
    assert all(shape.attributes.get("fill") for shape in shapes)


def test_lists_show_seven_items(results: dict[str, AuditResult]) -> None:
    """A list shows at most seven items at once; the rest is folded."""
    for result in results.values():
        for lists in tree(result).css("main#main ul, main#main ol.how, main#main ol.chain"):
            folded = lists.parent is not None and "more" in (lists.parent.attributes.get("class") or "")
            assert folded or len([item for item in lists.iter() if item.tag == "li"]) <= view.VISIBLE


def test_the_page_counts_with_numbers_only(rich: AuditResult) -> None:
    """What the script reads are indexes of findings, and nothing of what they say."""
    block = tree(rich).css_first("script[type='application/json']")
    assert block is not None
    data = json.loads(block.text())
    assert data == {"ways": [[0], [1, 0], [2], [3], [8, 1], [4], [7, 5], [6]], "steps": data["steps"], "least": False}
    assert data["steps"][0] == [0, 6]
    assert all(isinstance(number, int) for row in data["steps"] for number in row)


def test_steps_and_ticks_agree(rich: AuditResult) -> None:
    """Each tick of a step points at the findings of that step."""
    page = tree(rich)
    shown = view.view(rich)
    steps = json.loads(json.dumps(shown.data["steps"]))
    for task in (*shown.first, *shown.later, *shown.rest):
        box = page.css_first(f"#step-{task.number} input")
        assert box is not None
        row = steps[int(box.attributes["data-step"] or -1)]
        assert [rich.findings[index].fingerprint for index in row] == list(task.advice.findings)


def test_controls_are_labelled(rich: AuditResult) -> None:
    """Every input has a label of its own, every button a text and a type."""
    page = tree(rich)
    for box in page.css("main#main input"):
        assert box.parent is not None
        assert box.parent.tag == "label"
    assert all(page.css_first(f"label[for={name}]") for name in ("amount", "unit"))
    assert all(button.attributes["type"] == "button" and button.text().strip() for button in page.css("button"))


def test_headings_do_not_skip_a_level(rich: AuditResult) -> None:
    """Headings go down one level at a time."""
    levels = [
        int(str(node.tag)[1]) for node in tree(rich).css("main#main h1, main#main h2, main#main h3, main#main h4")
    ]
    ordered = [int(found) for found in re.findall(r"<h([1-4])", html.render(rich).split('<div id="cover"')[0])]
    assert sorted(levels) == sorted(ordered)
    assert ordered[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(ordered))


def test_skip_links_stand_in_a_landmark(rich: AuditResult) -> None:
    """The links that jump to the content are the first thing to tab to, and lie within the navigation."""
    page = tree(rich)
    assert texts(page, "header nav a") == ["Go to the notes", "Go to the first steps"]


def test_the_cover_is_hidden_and_neutral(rich: AuditResult) -> None:
    """What Leave shows is there from the start, hidden, and has nothing to do with the notes."""
    cover = tree(rich).css_first("#cover")
    assert cover is not None
    assert "hidden" in cover.attributes
    assert "Unit converter" in cover.text()
    assert "way in" not in cover.text()


def test_no_letter_no_number_no_address_of_help(rich: AuditResult) -> None:
    """Help lines are names only: no telephone number stands in the page."""
    text = " ".join(texts(tree(rich), "section[aria-labelledby=words]"))
    assert "SPARC" in text
    assert re.search(r"\+?\d[\d ()-]{6,}\d", text.replace("2026-11-21", "")) is None


def test_help_follows_the_declared_country(rich: AuditResult, empty: AuditResult) -> None:
    """The list is that of the declared country; an unknown one has the list for everyone."""
    assert "SPARC" in html.render(rich)
    assert "SPARC" not in html.render(empty)
    assert "Datenanfragen" in html.render(empty)
    assert "People who can help</h3>" in html.render(replace(rich, country="XX"))


def test_bothered_page_is_always_there(results: dict[str, AuditResult]) -> None:
    """The folded page for a person who is bothered stands in every report."""
    for result in results.values():
        assert "If someone is bothering you" in texts(tree(result), "details.bothered summary")


def test_nothing_is_called_fine_where_nothing_was_read(results: dict[str, AuditResult]) -> None:
    """A report without anything read shows no green line and answers no question."""
    page = tree(results["unread"])
    assert page.css(".calm") == []
    assert set(texts(page, ".tile .answer")) == {"Not checked"}


def test_clear_is_said_with_the_number_of_sources(empty: AuditResult) -> None:
    """Nothing found is said together with where it was looked for."""
    page = tree(empty)
    assert texts(page, ".lead") == ["We found nothing in the 4 sources that you gave us."]
    assert set(texts(page, ".tile .answer")) == {"We found no way"}


def test_not_checked_says_what_and_why(rich: AuditResult) -> None:
    """Each thing that was not looked at stands there with its reason."""
    lines = texts(tree(rich), ".unchecked-list li")
    assert lines[0] == "holiday photos, photo 31: the file is damaged"
    assert lines[2] == "my blog (3 times): the page asks to sign in (profiles/comments)"


def test_size_of_a_small_report(results: dict[str, AuditResult]) -> None:
    """Three findings take at most 60 kB."""
    assert len(results["small"].findings) == 3
    assert len(html.render(results["small"]).encode()) <= SMALL


def test_size_of_a_large_report(results: dict[str, AuditResult]) -> None:
    """A thousand findings take at most 500 kB."""
    assert len(results["many"].findings) == 1_000
    assert len(html.render(results["many"]).encode()) <= LARGE


def test_what_has_no_room_is_counted(results: dict[str, AuditResult]) -> None:
    """More findings than fit are counted in words, and the page does not grow with them."""
    many = results["many"]
    extra = tuple(replace(one, where=f"{one.where} again") for one in many.findings)
    page = html.render(replace(many, findings=many.findings + extra))
    assert "There is no room here for 1,000 more things." in page
    assert len(page.encode()) <= LARGE


def test_long_text_is_cut(worded: Callable[[str], AuditResult]) -> None:
    """A piece of text of a million characters cannot swell the page."""
    page = html.render(worded("x" * 1_000_000))
    assert "x" * 2_000 not in page
    assert len(page) <= LARGE


def test_long_lists_stay_folded_on_paper(results: dict[str, AuditResult]) -> None:
    """Of a thousand findings the most urgent of each source are printed, and a line says how many more there are."""
    page = LexborHTMLParser(html.render(results["many"]))
    kept = page.css(".source > .cards > .card")
    more = page.css(".source > details.more.brief")
    assert len(more) == 20
    assert len(kept) == 20 * view.VISIBLE
    assert {fold.css("summary")[0].text() for fold in more} == {f"Show {33 - view.VISIBLE} more things"}
    assert len(page.css(".source [data-f]")) == 1_000


def test_short_lists_are_printed_whole(rich: AuditResult) -> None:
    """Nothing but what is already fine stays folded in an ordinary report."""
    page = LexborHTMLParser(html.render(rich))
    assert {fold.css("summary")[0].text().split(":")[0] for fold in page.css("details.brief")} == {
        "my profile",
        "my blog",
        "photo page",
    }
