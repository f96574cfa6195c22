// Gives mdBook's bar the roles that screen readers need: the label that opens the contents
// becomes a button, the bar a landmark.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");
    const label = document.getElementById("mdbook-sidebar-toggle");
    const box = document.getElementById("mdbook-sidebar-toggle-anchor");
    if (!label || !box) return;
    label.removeAttribute("for");
    label.setAttribute("role", "button");
    label.addEventListener("click", () => box.click());
});
