"""CardSort as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Stage, Theme, every_size_and_theme, stage
from playwright.sync_api import Browser, Locator

from tests.widgets.sort_examples import (
    key,
    make_card,
    make_deck,
    make_journal,
    make_sort,
    place_all,
    send,
)

pytestmark = pytest.mark.browser

NUMBER = {"kpi": "1", "kr": "2", "task": "3"}


def hand(s: Stage) -> Locator:
    """The card in hand."""
    return s.page.locator(".okl-in-hand")


def placed(s: Stage, card: str) -> Locator:
    """A card that lies in a bucket."""
    return s.page.locator(f"[data-focus-key={card}]")


def bucket(s: Stage, name: str) -> Locator:
    """A bucket's column."""
    return s.page.get_by_role("region", name=name, exact=True)


def test_keyboard_alone_from_first_card_to_result(browser: Browser) -> None:
    """Number keys place, arrows browse, Enter chooses, 0 takes back; focus never gets lost."""
    widget = make_sort()
    with stage(browser, widget) as s:
        s.press("Tab")
        assert s.focused().startswith(widget.view["cards"][0]["text"])
        s.press("ArrowRight")
        assert s.focused().startswith(widget.view["cards"][1]["text"])
        s.press("ArrowLeft")
        answers = list(key(widget).items())
        for number, (card, right) in enumerate(answers):
            assert s.focused().startswith(widget.view["cards"][number]["text"])
            s.press(NUMBER[right] if number else ("2" if right != "kr" else "1"))
            assert dict(s.view["placed"])[card]
        assert s.said[0].startswith("Placed in ")
        assert s.said[-1].endswith("All cards are placed.")
        assert s.focused() == "Check"
        s.press("Enter")
        assert s.view["result"]["line"] == "5 of 6 right at the first try."
        assert s.said[-1].startswith("5 of 6 right at the first try. One card belongs elsewhere.")

        wrong, right = answers[0]
        placed(s, wrong).focus()
        s.press("0")
        assert "Back on the pile. 1 left." in s.said[-1]
        assert s.focused().startswith(widget.view["cards"][0]["text"])
        s.press(NUMBER[right])
        assert s.focused() == "Check 1 again"
        s.press("Enter")
        assert s.view["result"]["done"]
        assert s.focused().startswith("5 of 6 right at the first try.")


def test_arrows_walk_over_the_placed_cards(browser: Browser) -> None:
    """One Tab stop for all placed cards, and arrows go through rows and columns and back."""
    widget = make_sort()
    for card, column in zip("c1 c2 c3 c4".split(), ["kpi", "kpi", "task", "task"], strict=True):
        send(widget, "place", card=card, bucket=column)
    with stage(browser, widget) as s:
        hand(s).focus()
        for pressed, then in [("Down", "c1"), ("Down", "c2"), ("Right", "c4"), ("Up", "c3")]:
            s.press(f"Arrow{pressed}")
            assert placed(s, then).evaluate("(e) => e === document.activeElement"), pressed
        assert s.page.locator(".okl-small-card[tabindex='0']").count() == 1
        s.press("Enter")
        assert placed(s, "c3").get_attribute("aria-pressed") == "true"
        s.press("1")
        assert dict(s.view["placed"])["c3"] == "kpi"
        assert placed(s, "c3").evaluate("(e) => e === document.activeElement")
        for _ in range(3):
            s.press("ArrowUp")
        assert hand(s).evaluate("(e) => e === document.activeElement")


def test_touch_taps_place_and_move(browser: Browser) -> None:
    """A tap on a bucket places the card in hand; tap a placed card, tap where it should go."""
    widget = make_sort()
    with stage(browser, widget, width=360, height=740, touch=True) as s:
        first = widget.view["cards"][0]["id"]
        s.page.locator(".okl-bucket-button", has_text="Task").tap()
        s.settle()
        assert dict(s.view["placed"]) == {first: "task"}
        placed(s, first).tap()
        s.page.get_by_role("button", name="To KPI").tap()
        s.settle()
        assert dict(s.view["placed"]) == {first: "kpi"}
        placed(s, first).tap()
        s.page.get_by_role("button", name="Back to the pile").tap()
        s.settle()
        assert s.view["placed"] == []
        assert s.small_targets() == []


def test_dragging_with_a_pointer(browser: Browser) -> None:
    """From hand to bucket, from bucket to bucket, back to the desk; beside all, nothing moves."""
    widget = make_sort()
    with stage(browser, widget) as s:
        card = widget.view["cards"][0]["id"]
        s.drag(hand(s), bucket(s, "Key result"))
        assert dict(s.view["placed"]) == {card: "kr"}
        s.drag(placed(s, card), bucket(s, "Task"))
        assert dict(s.view["placed"]) == {card: "task"}
        assert placed(s, card).get_attribute("aria-pressed") == "false"
        s.drag(placed(s, card), s.page.locator(".okl-head-words"))
        assert dict(s.view["placed"]) == {card: "task"}
        s.drag(placed(s, card), s.page.locator(".okl-desk"))
        assert s.view["placed"] == []
        assert s.page.locator(".okl-ghost").count() == 0


def test_a_card_shows_at_once_where_it_was_put(browser: Browser) -> None:
    """The move is seen before Python has answered, so sorting feels quick on a busy machine."""
    widget = make_sort()
    with stage(browser, widget) as s:
        s.page.evaluate(
            """() => {
                const send = window.oklSend;
                window.oklSend = (m) => new Promise((go) => {
                    window.answer = () => go(send(m));
                });
            }"""
        )
        hand(s).focus()
        s.page.keyboard.press("1")
        assert bucket(s, "KPI").locator("li").count() == 1
        s.page.evaluate("() => window.answer()")
        s.settle()
        assert len(s.view["placed"]) == 1


def test_reasons_open_on_each_card_in_words_and_icons(browser: Browser) -> None:
    """Right and wrong are told by word and icon, and each card says why."""
    widget = make_sort()
    wrong = place_all(widget, wrong=1)[0]
    with stage(browser, widget) as s:
        s.page.get_by_role("button", name="Check", exact=True).click()
        s.settle()
        assert s.root.get_by_text("✕ Not this one").count() == 1
        assert s.root.get_by_text("✓ Right").count() == 5
        s.page.locator(f"[data-focus-key=why-{wrong}]").click()
        reason = s.page.locator(".okl-reason").inner_text()
        for words in ("What settles it:", "Why it tempts:", "What would change", "“All is key.”"):
            assert words in reason
        s.page.get_by_role("button", name="One card shows the idea").click()
        assert s.page.locator(".okl-ideas").get_by_text("R.", exact=True).is_visible()
        assert s.axe() == []


def test_starting_again_asks_while_there_is_something_to_lose(browser: Browser) -> None:
    """A slip of the finger doesn't throw a half-sorted deck away."""
    widget = make_sort()
    send(widget, "place", card="c1", bucket="kpi")
    with stage(browser, widget) as s:
        s.page.get_by_role("button", name="Start again").click()
        assert s.focused() == "Keep sorting"
        s.press("Enter")
        assert len(s.view["placed"]) == 1
        assert s.focused() == "Start again"
        s.press("Enter")
        s.page.get_by_role("button", name="Shuffle").click()
        s.settle()
        assert s.view["placed"] == []


def test_nothing_secret_reaches_the_browser_before_the_check(browser: Browser) -> None:
    """No state that was ever sent holds a key or a reason."""
    widget = make_sort()
    with stage(browser, widget) as s:
        hand(s).focus()
        s.press("1", "2", "3", "1", "2", "3")
        assert "secret" not in s.sent().lower()
        assert "secret" not in s.page.content().lower()


def test_markup_in_a_card_is_text(browser: Browser) -> None:
    """A card from a stranger's file cannot bring an element or a script."""
    widget = make_sort()
    place_all(widget)
    with stage(browser, widget) as s:
        text = "<img src=x onerror=alert(1)> & <b>bold</b>"
        assert bucket(s, "Task").get_by_text(text, exact=True).is_visible()
        assert s.root.locator("img").count() == 0


def long_deck(cards: int) -> object:
    """Texts of full length, in as many buckets as there can be."""
    names = [f"n{i}" for i in range(cards)]
    made = [
        make_card(
            n, "kpi" if i % 2 else "kr", text=(f"{n} reads aloud " * 20)[:240], context="c " * 90
        )
        for i, n in enumerate(names)
    ]
    return make_deck(cards=tuple({**c, "wrong": tuple(c["wrong"])} for c in made))


@every_size_and_theme
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """24 long cards: no axe finding, nothing sticks out, targets are large, in every phase."""
    widget = make_sort(deck=long_deck(24))  # type: ignore[arg-type]
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=touch
    ) as s:
        send(widget, "place", card="c1", bucket="task")
        for phase in ("placing", "checked"):
            s.push()
            if phase == "placing":
                s.page.locator("[data-focus-key=c1]").click()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"card-sort-{theme}-{width}-{phase}")
            place_all(widget, wrong=3)
            send(widget, "check")


def test_the_desk_keeps_its_height(browser: Browser) -> None:
    """Short and long cards take the same room, so that buckets don't jump under the pointer."""
    cards = [make_card("one", "kpi", text="Short"), make_card("two", "kr", text="long " * 45)]
    cards += [make_card("tri", "task", text="Short too"), make_card("for", "kpi", text="Brief")]
    deck = make_deck(cards=tuple({**c, "wrong": tuple(c["wrong"])} for c in cards))
    widget = make_sort(deck=deck)
    with stage(browser, widget, reduced_motion=True) as s:
        heights = set()
        hand(s).focus()
        for pressed in "1231":
            heights.add(round(s.page.locator(".okl-stack-of-cards").bounding_box()["height"]))  # type: ignore[index]
            s.press(pressed)
        heights.add(round(s.page.locator(".okl-stack-of-cards").bounding_box()["height"]))  # type: ignore[index]
        assert len(heights) == 1


def test_reduced_motion_is_honoured(browser: Browser) -> None:
    """Nothing is animated for those who asked for that."""
    widget = make_sort(make_journal())
    with stage(browser, widget, reduced_motion=True) as s:
        assert hand(s).evaluate("(e) => getComputedStyle(e).animationName") == "none"
    with stage(browser, widget) as s:
        assert hand(s).evaluate("(e) => getComputedStyle(e).animationName") == "okl-deal"
