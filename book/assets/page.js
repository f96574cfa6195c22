// Gives mdBook's bar the roles that screen readers need: the label that opens the contents
// becomes a button, the bar a landmark. Formulas, listings, figures and tables wider than the
// page scroll by themselves; the keyboard can reach those that do.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");
    const label = document.getElementById("mdbook-sidebar-toggle");
    const box = document.getElementById("mdbook-sidebar-toggle-anchor");
    if (label && box) {
        label.removeAttribute("for");
        label.setAttribute("role", "button");
        label.addEventListener("click", () => box.click());
    }
    const names = { code: "Listing", ".drawing": "Figure", ".scroll": "Table", ".equation": "Formula", "k-x": "Formula" };
    const boxes = "k-x, pre > code, .drawing, .scroll, .equation";
    // A formula wider than its paragraph becomes a box that scrolls; the others stay in line.
    const widen = () => {
        const inline = [...document.querySelectorAll("k-x")].filter(box => !box.matches(".equation k-x"));
        inline.forEach(box => box.classList.remove("wide"));
        const wide = inline.filter(box => {
            const room = box.closest("p, li, td, dd, figcaption")?.clientWidth ?? 0;
            return room > 0 && box.getBoundingClientRect().width > room + 1;
        });
        wide.forEach(box => box.classList.add("wide"));
    };
    const reach = () => { widen(); document.querySelectorAll(boxes).forEach(box => {
        if (box.matches(".equation k-x")) return;
        if (box.scrollWidth > box.clientWidth && box.clientWidth > 0) {
            box.tabIndex = 0;
            box.setAttribute("role", "group");
            box.setAttribute("aria-label", Object.entries(names).find(([kind]) => box.matches(kind))[1]);
        } else {
            for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
        }
    }); };
    reach();
    addEventListener("load", reach);
    addEventListener("resize", reach);
    document.addEventListener("toggle", reach, true);
});
