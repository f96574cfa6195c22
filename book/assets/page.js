// Gives mdBook's bar the roles that screen readers need: the label that opens the contents
// is a button, the bar a landmark.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("mdbook-sidebar-toggle")?.setAttribute("role", "button");
    document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");
});
