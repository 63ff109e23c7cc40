// Leave quickly: hide this page at once and replace it in the history. Pages of this site that the tab showed before
// lead on as well when "back" reaches them; whoever opens the site anew reads it. Three times Escape within two seconds
// does the same, but not on slides, nor where a form may hold a text that was not saved.
import { store, stored } from "./tab_store.js";

const LEFT = "praxis-left";
const TYPED = "main .slides, main form[method=post] :is(input, textarea):not([type=hidden], [type=file])";

function leave(address) {
  document.documentElement.hidden = true;
  document.title = "";
  store(LEFT, address);
  window.location.replace(address);
}

function arrive(isBack) {
  const address = stored(LEFT);
  if (isBack && address) leave(address);
  else {
    store(LEFT, "");
    document.documentElement.hidden = false;
  }
}

for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
}
const escapes = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector(TYPED)) return;
  escapes.push(event.timeStamp);
  if (event.timeStamp - (escapes.at(-3) ?? -Infinity) < 2000) document.querySelector("[data-leave]")?.click();
});
window.addEventListener("pageshow", (event) => event.persisted && arrive(true));
arrive(performance.getEntriesByType("navigation")[0]?.type === "back_forward");
