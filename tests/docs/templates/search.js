// Search over the names and the words of all pages. Works without a server: the index is a script.
"use strict";
(() => {
    const root = document.currentScript.dataset.root;
    const MOST = 50;
    let index = null;

    // "ChatCompletionRequest" and "chat_complete" as words.
    const words = (text) => text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase()
        .split(/[^a-z0-9{}]+/).filter(Boolean);

    const load = () => index ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}search-index.js`;
        script.onload = () => resolve(window.searchIndex.map(([kind, name, url, summary, more]) => ({
            kind, name, url, summary,
            plain: words(name).join(" "),
            short: ` ${words(summary).join(" ")} `,
            long: ` ${more} `,
        })));
        script.onerror = reject;
        document.head.append(script);
    });

    const singular = (word) => word.length > 3 ? word.replace(/s$/, "") : word;

    // The name counts more than the summary, and the summary more than the other words.
    const scoreOf = (entry, word) => {
        const start = ` ${singular(word)}`;
        const name = ` ${entry.plain}`;
        if (name.includes(`${start} `) || name.endsWith(start)) return 30;
        if (name.includes(start)) return 20;
        if (entry.short.includes(start)) return 10;
        if (entry.plain.includes(word)) return 6;
        return entry.long.includes(start) ? 3 : 0;
    };

    const rank = (entries, query) => {
        const wanted = words(query);
        const whole = wanted.join(" ");
        const ranked = [];
        for (const entry of entries) {
            let score = 0;
            const matches = wanted.every((word) => {
                const points = scoreOf(entry, word);
                score += points;
                return points > 0;
            });
            if (!matches) continue;
            if (entry.plain === whole) score += 100;
            else if (entry.plain.startsWith(whole)) score += 30;
            score += { operation: 4, guide: 4, function: 3, class: 3 }[entry.kind] ?? 0;
            ranked.push([score - entry.plain.length / 100, entry]);
        }
        return ranked.sort((one, other) => other[0] - one[0]).map(([, entry]) => entry);
    };

    const element = (tag, text, attributes = {}) =>
        Object.assign(document.createElement(tag), { textContent: text }, attributes);

    const show = (results, entries, query) => {
        const found = rank(entries, query);
        const more = found.length > MOST ? `, of which these are the first ${MOST}` : "";
        const count = found.length === 1 ? "1 result" : `${found.length} results`;
        const list = document.createElement("ul");
        for (const { kind, name, url, summary } of found.slice(0, MOST)) {
            const item = document.createElement("li");
            item.append(element("a", name, { href: root + url }), element("small", kind), element("p", summary));
            list.append(item);
        }
        results.replaceChildren(element("p", `${count} for “${query}”${more}.`, { role: "status" }), list);
    };

    document.addEventListener("DOMContentLoaded", () => {
        const input = document.getElementById("search-field");
        const results = document.getElementById("search-results");
        const text = document.getElementById("page-text");
        const update = async () => {
            const query = input.value.trim();
            const entries = query ? await load() : [];
            if (query !== input.value.trim()) return;
            results.hidden = !query;
            text.hidden = Boolean(query);
            if (query) show(results, entries, query);
            else results.replaceChildren();
        };
        const close = () => {
            input.value = "";
            update();
        };
        input.addEventListener("focus", load, { once: true });
        input.addEventListener("input", update);
        results.addEventListener("click", (event) => event.target.closest("a") && close());
        document.addEventListener("keydown", (event) => {
            const typing = event.target.closest("input, textarea, [contenteditable]");
            if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
                event.preventDefault();
                input.focus();
                input.select();
            } else if (event.key === "Escape" && input.value) {
                close();
            } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !results.hidden) {
                const links = [input, ...results.querySelectorAll("a")];
                const place = links.indexOf(document.activeElement);
                if (place < 0) return;
                event.preventDefault();
                links[Math.max(0, place + (event.key === "ArrowDown" ? 1 : -1))]?.focus();
            } else if (event.key === "Enter" && event.target === input) {
                results.querySelector("a")?.click();
            }
        });
        update();
    });
})();
