// Measures whether the formulas of the book look as KaTeX sets them, though their markup is
// shorter: each letter, rule and drawing must stand where KaTeX has it.
// Usage: cargo book formulas > target/book/formulas.html && node formulas.mjs [that file]
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const page = resolve(process.argv[2] ?? join(here, "..", "..", "target", "book", "formulas.html"));
// Chromium lays out in 64ths of a pixel; a formula adds up a few of them.
const TOLERANCE = 0.2;

const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await tab.goto(pathToFileURL(page).href);
await tab.evaluate(() => document.fonts.ready);
const result = await tab.evaluate((tolerance) => {
    // What can be seen of a formula, one entry for each letter, rule and drawing, from the
    // upper left corner of its line.
    const seen = (box) => {
        const from = box.getBoundingClientRect();
        const out = [];
        const put = (what, r) => out.push({ what, x: r.left - from.left, y: r.top - from.top, w: r.width, h: r.height });
        const walk = (node) => {
            if (node.nodeName.toLowerCase() === "math") return;
            if (node.nodeType === Node.TEXT_NODE) {
                const parent = getComputedStyle(node.parentElement);
                [...node.data].reduce((at, letter) => {
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + letter.length);
                    if (letter !== "\u200b") {
                        put(`${letter} ${parent.fontFamily} ${parent.fontStyle} ${parent.fontWeight} ${parseFloat(parent.fontSize).toFixed(1)} ${parent.color}`, range.getBoundingClientRect());
                    }
                    return at + letter.length;
                }, 0);
                return;
            }
            const style = getComputedStyle(node);
            if (node.tagName === "svg" || parseFloat(style.borderBottomWidth) > 0 || parseFloat(style.borderTopWidth) > 0) {
                put(`${node.tagName} ${style.borderBottomWidth}`, node.getBoundingClientRect());
            }
            node.childNodes.forEach(walk);
        };
        // Of MathML nothing is seen.
        walk(box.querySelector(".katex-html") ?? box);
        return { size: [from.width, from.height], out };
    };
    const faults = [];
    let worst = 0, marks = 0;
    for (const pair of document.querySelectorAll(".pair")) {
        const [a, b] = [...pair.children].map(seen);
        const say = (why) => faults.push(`${pair.title}: ${why}`);
        if (a.out.length !== b.out.length) {
            say(`${a.out.length} marks became ${b.out.length}`);
            continue;
        }
        if (Math.abs(a.size[1] - b.size[1]) > tolerance) say(`the line is ${a.size[1]} high, and became ${b.size[1]}`);
        // Rules and letters may come in another order where they are apart.
        for (let k = 0; k < a.out.length; k += 1) {
            const [p, q] = [a.out[k], b.out[k]];
            marks += 1;
            if (p.what !== q.what) { say(`${p.what} became ${q.what}`); break; }
            const off = Math.max(Math.abs(p.x - q.x), Math.abs(p.y - q.y), Math.abs(p.w - q.w), Math.abs(p.h - q.h));
            worst = Math.max(worst, off);
            if (off > tolerance) { say(`${p.what.split(" ")[0]} is ${off.toFixed(2)} px off: ${JSON.stringify(p)} ${JSON.stringify(q)}`); break; }
        }
    }
    return { faults, worst, marks, pairs: document.querySelectorAll(".pair").length };
}, TOLERANCE);
await browser.close();
for (const fault of result.faults) console.error(`error: ${fault}`);
console.log(`${result.pairs} formulas, ${result.marks} marks, at most ${result.worst.toFixed(3)} px off: ${result.faults.length} faults`);
process.exit(result.faults.length === 0 && result.pairs > 100 ? 0 : 1);
