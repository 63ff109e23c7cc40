// Small behaviours, found by data- attributes. Every page works without them.
import "./collect.js";
import "./copy.js";
import "./filters.js";
import "./folded.js";
import "./making.js";
import "./suggest.js";
import "./values.js";

// Leave quickly: hide this page at once, and replace it in the history, so that "back" does not lead here. Three times
// Escape within two seconds does the same, but not on slides, nor where a form may hold
// a text that was not saved.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    window.location.replace(link.href);
  });
}
const escapes = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("main .slides, main form[method=post] :is(input, textarea):not([type=hidden], [type=file])")) return;
  escapes.push(event.timeStamp);
  if (event.timeStamp - (escapes.at(-3) ?? -Infinity) < 2000) document.querySelector("[data-leave]")?.click();
});
window.addEventListener("pageshow", () => (document.documentElement.hidden = false)); // back from where it led

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
