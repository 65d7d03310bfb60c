"""The API reference in a browser: widths, colors, search and keyboard, from files."""

from pathlib import Path

import pytest

from tests.docs.browser import CHROMIUM, Tab, chromium

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

PATHS = (
    "index.html",
    "mistral_funcs.html",
    "mistral_funcs/chat.html",
    "mistral_funcs/guides/streams.html",
    "mistral_funcs/schemas/ocr.html",
    "mistral_core.html",
    "source/mistral_core/result.py.html",
)
WIDTHS = (360, 1280, 1600)
SCHEMES = ("light", "dark")
AA = 4.5
"""The contrast of text and background that WCAG 2 requires at level AA."""

LONGEST_LINE = 100
"""Characters of a line of prose at most."""

CONTRASTS = """
(() => {
    const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
    const luminance = (color) => {
        const [r, g, b] = rgb(color).map((each) => each / 255)
            .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const background = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const color = getComputedStyle(each).backgroundColor;
            if ((rgb(color)[3] ?? 1) > 0) return color;
        }
        return "rgb(255, 255, 255)";
    };
    const pairs = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || element.tagName === "SCRIPT") continue;
        const pair = [getComputedStyle(element).color, background(element)];
        pairs.set(pair.join(" on "), pair.map(luminance));
    }
    return [...pairs].map(([pair, [one, other]]) =>
        [pair, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)]);
})()
"""

WIDEST = """
[document.documentElement.scrollWidth, Math.max(0, ...[...document.querySelectorAll("main p")]
    .map((each) => each.clientWidth / (parseFloat(getComputedStyle(each).fontSize) * 0.5)))]
"""
"""The width of the page, and about how many characters are on the longest line of prose."""

SEARCH = """
(async () => {
    const field = document.getElementById("search-field");
    field.value = %r;
    field.dispatchEvent(new Event("input"));
    while (!document.querySelector("#search-results a")) await new Promise(requestAnimationFrame);
    return [...document.querySelectorAll("#search-results a")].slice(0, 5).map((each) => each.href);
})()
"""

FOCUS = """
[document.activeElement.id || document.activeElement.className,
    getComputedStyle(document.activeElement).outlineStyle]
"""


async def check(tab: Tab) -> None:
    """Check the page that is open."""
    for width in WIDTHS:
        await tab.show(width, "light")
        page, line = await tab.evaluate(WIDEST)
        assert page <= width
        assert line <= LONGEST_LINE
    for scheme in SCHEMES:
        await tab.show(WIDTHS[-1], scheme)
        contrasts = await tab.evaluate(CONTRASTS)
        assert len(contrasts) > 3
        assert [each for each in contrasts if each[1] < AA] == [], scheme


async def test_pages_are_readable_and_searchable(reference: Path, tmp_path: Path) -> None:
    """At each width, in both color schemes. The console is empty, no request leaves the folder."""
    folder = reference.as_uri()
    async with chromium(tmp_path) as tab:
        for path in PATHS:
            await tab.open(f"{folder}/{path}")
            await check(tab)
        await tab.open(f"{folder}/mistral_funcs/beta/libraries.html")
        await tab.press("/", "/")
        assert await tab.evaluate(FOCUS) == ["search-field", "solid"]
        for query, target in {
            "chat_complete": "mistral_funcs/chat.html#chat_complete",
            "cancel jobs": "mistral_funcs/batch/jobs.html#batch_jobs_cancel",
            "OCRPage": "mistral_funcs/schemas/ocr.html#OCRPageObject",
            "certificates": "mistral_funcs/guides/proxies_and_tls.html#certificates",
        }.items():
            assert f"{folder}/{target}" in await tab.evaluate(SEARCH % query)
            await tab.press("Escape")
            assert await tab.evaluate('document.getElementById("search-results").hidden')
    assert tab.problems == []
    assert [url for url in tab.urls if not url.startswith((folder, "data:"))] == []
    assert len(tab.urls) > len(PATHS)
