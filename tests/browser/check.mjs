// Looks at every built page in headless Chromium, in light and in dark: nothing is fetched
// from elsewhere, the console is silent, no page scrolls sideways at 360 or 1440 pixels, axe
// finds no violation, sliders move their figures, the search shows no remains of formulas.
// Usage: node check.mjs [folder of the built book] [one page]; THEMES=light,rust,coal,navy,ayu
// looks at all themes of mdBook.
import { AxeBuilder } from "@axe-core/playwright";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium, stop } from "./chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const book = resolve(process.argv[2] ?? join(here, "..", "..", "target", "book"));
const THEMES = (process.env.THEMES ?? "light,navy").split(",");
const WIDTHS = [360, 1440];
const HEAVIEST = 1.5e6;

const KINDS = {
    ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
    ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2",
};

function serve(folder) {
    const server = createServer((request, response) => {
        const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
        const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
        if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, { "content-type": KINDS[extname(file)] ?? "application/octet-stream" });
        response.end(readFileSync(file));
    });
    return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

function htmlFiles(folder) {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return htmlFiles(path);
        return entry.name.endsWith(".html") ? [path] : [];
    });
}

const faults = new Set();
const fault = (page, message) => faults.add(`${page}: ${message}`);

if (!existsSync(join(book, "index.html"))) stop(`${book} holds no built book: run cargo book build`);
// toc.html is the frame for browsers without scripts, no page of its own.
const pages = htmlFiles(book).map((file) => relative(book, file).split(sep).join("/"))
    .filter((page) => page !== "toc.html" && (!process.argv[3] || page === process.argv[3])).sort();
const server = await serve(book);
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });

async function open(name, theme, width) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    await context.addInitScript((chosen) => {
        localStorage.setItem("mdbook-theme", chosen);
        window.print = () => {};
    }, theme);
    const page = await context.newPage();
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) fault(name, `console: ${message.text()}`);
    });
    page.on("pageerror", (error) => fault(name, `script: ${error.message}`));
    page.on("response", (response) => {
        if (response.status() >= 400) fault(name, `${response.status()} for ${response.url()}`);
    });
    await page.route("**/*", (route) => {
        const url = route.request().url();
        if (url.startsWith(origin) || url.startsWith("data:")) return route.continue();
        fault(name, `a request leaves the machine: ${url}`);
        return route.abort();
    });
    await page.goto(`${origin}/${name}`, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
    return { context, page };
}

async function checkWidth(page, name, theme, width) {
    const wide = await page.evaluate(() => {
        const limit = document.documentElement.clientWidth;
        // mdBook's body hides what sticks out, so ask the elements themselves.
        const scrolls = (e) => e && e !== document.documentElement
            && (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX) && !e.matches("body, #mdbook-content, .page-wrapper")
                || scrolls(e.parentElement));
        const out = [...document.querySelectorAll("main :not(k-x *, svg *, pre *)")].filter((e) =>
            e.getBoundingClientRect().right > limit + 1 && e.getBoundingClientRect().width > 1
            && !e.closest("svg svg, k-x > math, .hidden") && !scrolls(e.parentElement));
        const content = document.getElementById("mdbook-content");
        const past = Math.max(document.documentElement.scrollWidth, content ? content.scrollWidth : 0) - limit;
        const first = out[0];
        return { past, what: first && `${first.tagName} ${first.className?.baseVal ?? first.className} ${first.textContent.slice(0, 50)}` };
    });
    if (wide.past > 0 || wide.what) {
        fault(name, `scrolls sideways at ${width} px (${theme}) by ${wide.past}: ${wide.what ?? "?"}`);
    }
    // A root or an arrow is a drawing inside its formula; a rule meant for figures may squeeze it flat.
    const flat = await page.evaluate(() =>
        [...document.querySelectorAll(".katex svg")]
            .filter((drawing) => drawing.checkVisibility() && drawing.getBoundingClientRect().height < 2)
            .map((drawing) => drawing.closest(".katex").textContent.slice(0, 50)));
    if (flat.length > 0) {
        fault(name, `${flat.length} drawings in formulas have no height at ${width} px (${theme}), first in ${flat[0]}`);
    }
}

// mdBook opens its contents by a label, which page.js makes a button; axe allows labels no role.
// What lies inside a formula or a drawing is hidden from screen readers or one picture to
// them, and has the colours of its surroundings; its thousands of elements, for which axe would
// take a minute a chapter, are taken out, and a letter is left of a formula. So this comes last.
async function checkAxe(page, name, theme, width) {
    await page.evaluate(() => {
        document.querySelectorAll("k-x").forEach((e) => { e.textContent = "x"; });
        document.querySelectorAll("svg.plot > :not(title, desc)").forEach((e) => e.remove());
    });
    const { violations } = await new AxeBuilder({ page }).exclude("#mdbook-sidebar-toggle").analyze();
    for (const { id, help, nodes } of violations) {
        const shown = nodes.slice(0, 3).map((n) => `${n.target.join(" ")} ${n.any[0]?.message ?? n.all[0]?.message ?? ""}`);
        fault(name, `axe, ${theme}, ${width} px: ${id}: ${help} (${nodes.length}×: ${shown.join("; ")})`);
    }
}

async function checkSliders(page, name) {
    for (const slider of await page.locator(".slider").all()) {
        const state = () => slider.evaluate((e) => [e.querySelector("svg").innerHTML, e.querySelector("output").textContent]);
        const input = slider.locator("input[type=range]");
        const [picture, words] = await state();
        await input.focus();
        await page.keyboard.press("Home");
        const first = await state();
        await page.keyboard.press("ArrowRight");
        const second = await state();
        await page.keyboard.press("End");
        const last = await state();
        const which = await slider.getAttribute("data-figure");
        if (first[0] === second[0] || second[0] === last[0]) fault(name, `slider ${which}: the figure does not move`);
        if (first[1] === last[1]) fault(name, `slider ${which}: the number does not change (${words}, ${picture.length} bytes)`);
        sliders += 1;
    }
}

async function checkSearch(word) {
    const name = "search";
    const { context, page } = await open("index.html", "light", 1440);
    await page.locator("#mdbook-search-toggle").click();
    await page.locator("#mdbook-searchbar").pressSequentially(word);
    await page.locator("#mdbook-searchresults li").first().waitFor({ timeout: 10000 })
        .catch(() => fault(name, `nothing found for “${word}”`));
    const results = await page.locator("#mdbook-searchresults").innerText();
    if (/[\u2061-\u2064\u200b]|\\[a-z]+|span class/.test(results)) fault(name, `remains of formulas for “${word}”: ${results.slice(0, 300)}`);
    const index = readFileSync(join(book, readdirSync(book).find((f) => /^searchindex.*\.js$/.test(f))), "utf8");
    const left = await page.evaluate((text) => {
        const json = JSON.parse(new Function(`return ${text.slice(text.indexOf("JSON.parse(") + 11, text.lastIndexOf("))"))}`)());
        const docs = Object.values(elasticlunr.Index.load(json.index).documentStore.docs);
        return docs.filter((doc) => /[\u2061\u2063]|𝑥|[A-Za-z]\u200b/u.test(doc.body + doc.title)).map((doc) => doc.title);
    }, index);
    for (const title of left) fault(name, `formula in the index of “${title}”`);
    await context.close();
}

let sliders = 0;
for (const name of pages) {
    const bytes = statSync(join(book, name)).size;
    if (bytes > HEAVIEST && name !== "print.html") fault(name, `weighs ${(bytes / 1e6).toFixed(2)} MB`);
    for (const theme of THEMES) {
        for (const width of WIDTHS) {
            const { context, page } = await open(name, theme, width);
            await checkWidth(page, name, theme, width);
            if (theme === "light" && width === 1440) await checkSliders(page, name);
            // Everything folded is looked at open, too.
            const folded = await page.locator("main details").count();
            if (folded > 0) {
                await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => { d.open = true; }));
                await checkWidth(page, name, `${theme}, all open`, width);
            }
            if (width === 360 && name !== "print.html") await checkAxe(page, name, theme, width);
            await context.close();
        }
    }
}
for (const word of ["flow", "trajectory", "density", "velocity field"]) await checkSearch(word);
if (sliders === 0) fault("book", "no page has a slider");
await browser.close();
server.close();

for (const message of [...faults].sort()) console.error(`error: ${message}`);
console.log(`${pages.length} pages, ${sliders} sliders, themes ${THEMES.join(" and ")}, ${WIDTHS.join(" and ")} px: ${faults.size} faults`);
process.exit(faults.size === 0 ? 0 : 1);
