// A link to a place in a closed part opens the part, for browsers that do not do so themselves.
function open() {
  const place = document.querySelector(":target");
  const closed = "details:not([open])";
  if (!place?.closest(closed)) return;
  for (let part = place.closest(closed); part; part = part.closest(closed)) part.open = true;
  place.scrollIntoView();
}

window.addEventListener("hashchange", open);
open();

// Parts that are closed on phones alone: where their text is shown anyway, they are said to be open and take no key.
const wide = window.matchMedia("(min-width: 62rem)");
function settle() {
  for (const part of document.querySelectorAll("[data-phone]")) {
    part.open = wide.matches;
    part.querySelector("summary").tabIndex = wide.matches ? -1 : 0;
  }
}
wide.addEventListener("change", settle);
if (wide.matches) settle();
