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
