// Sliders: the frames were computed when the book was built; this shows the chosen one.
//
// Each <div class="slider"> holds an <svg> with one or more <g class="frame">, an
// <input type="range"> (which brings the keyboard: arrows, Home, End, Page Up and Down), an
// <output>, and a <script type="application/json"> with { values: [text], frames: [[SVG
// elements of each g]] }.
(() => {
  "use strict";

  // An <svg> round the text makes the parser put the elements into SVG's namespace.
  function parse(elements) {
    const holder = document.createElement("div");
    holder.innerHTML = `<svg xmlns="http://www.w3.org/2000/svg">${elements}</svg>`;
    return Array.from(holder.firstChild.childNodes);
  }

  function start(slider) {
    const input = slider.querySelector("input[type=range]");
    const output = slider.querySelector("output");
    const groups = slider.querySelectorAll("g.frame");
    const data = slider.querySelector("script[type='application/json']");
    if (!input || !output || !groups.length || !data || slider.dataset.ready) return;
    slider.dataset.ready = "true";

    const { values, frames } = JSON.parse(data.textContent);
    const name = input.getAttribute("aria-label");
    const parsed = new Map(); // frames already seen, by number

    function show() {
      const k = Number(input.value);
      if (!parsed.has(k)) parsed.set(k, frames[k].map(parse));
      groups.forEach((group, g) => group.replaceChildren(...parsed.get(k)[g]));
      output.textContent = values[k];
      input.setAttribute("aria-valuetext", `${name} = ${values[k]}`);
    }

    input.addEventListener("input", show);
    // Browsers keep a slider's place over a reload; the picture follows it.
    show();
  }

  function startAll() {
    document.querySelectorAll(".slider").forEach(start);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", startAll);
  } else {
    startAll();
  }
})();
