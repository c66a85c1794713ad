"use strict";
// Styles of messages are numbers only, and are set here: the policy of the page allows no others.
for (const region of document.querySelectorAll("[data-box]")) {
  const box = region.dataset.box.split(" ").map(Number);
  ["left", "top", "width", "height"].forEach((name, at) => { region.style[name] = box[at] + "%"; });
}
for (const screen of document.querySelectorAll("[data-size]")) {
  const [width, height] = screen.dataset.size.split(" ").map(Number);
  const scale = Math.min(1, 320 / width, 480 / height);
  screen.style.width = width * scale + "px";
  screen.style.height = height * scale + "px";
}
// Media on slides are those of the parts: the page has each once.
for (const shown of document.querySelectorAll("[data-part]")) {
  shown.src = document.getElementById("p" + Number(shown.dataset.part)).src;
}
// What belongs together is highlighted together.
let marked = [];
document.addEventListener("mouseover", (event) => {
  const at = event.target.closest("[data-span]");
  marked.forEach((element) => element.classList.remove("here"));
  marked = at ? [...at.closest(".octets").querySelectorAll(`[data-span="${Number(at.dataset.span)}"]`)] : [];
  marked.forEach((element) => element.classList.add("here"));
});
