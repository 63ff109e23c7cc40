// Small behaviours, found by data- attributes. Every page works without them.
import "./collect.js";
import "./copy.js";
import "./filters.js";
import "./folded.js";
import "./leave.js";
import "./making.js";
import "./suggest.js";
import "./values.js";

// A menu closes with Escape and when something else is used.
for (const menu of document.querySelectorAll("[data-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// Errors of a form are read first.
document.querySelector("[data-focus]")?.focus();

// The explanation of a term closes with Escape, and stays closed until pointer and focus have left it.
for (const term of document.querySelectorAll("[data-explained]")) {
  for (const event of ["mouseleave", "focusout"]) {
    term.addEventListener(event, () => delete term.dataset.closed);
  }
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll("[data-explained]:is(:hover, :focus-within)")) term.dataset.closed = "";
});
