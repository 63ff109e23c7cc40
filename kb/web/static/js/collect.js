// The reader's own list, collected from page to page. It is stored in this tab alone, as the address that the list will
// have. It is deleted when the tab is closed, when the list is emptied, or when the reader leaves this site quickly.
// Nothing of it is sent before the list is opened. Without JavaScript every control is a link to a list of one.

import { store, stored } from "./tab_store.js";

const NAME = "praxis-list";
const EDITED = "praxis-list-edited"; // the form of the own list was sent: the next list shown is its new state
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const bar = document.querySelector("[data-collected]");
const status = document.querySelector("[data-collected-status]");

const ids = (list) => (list.get("ids") ?? "").split(",").filter((id) => ID.test(id));
const read = () => new URLSearchParams(stored(NAME));
const query = (list) => String(list).replaceAll("%2C", ",");

function keep(list, chosen) {
  if (chosen.length) list.set("ids", chosen.join(","));
  store(NAME, chosen.length ? query(list) : "");
  show();
}

function say(words, title = "") {
  const count = ids(read()).length;
  status.textContent = words.replace("{count}", count).replace("{title}", () => title);
}

// Each control says whether its practice is in the list; the bar is shown once there is a list.
function show() {
  const list = read();
  const chosen = ids(list);
  for (const control of document.querySelectorAll("button[data-collect]")) {
    const isIn = chosen.includes(control.dataset.collect);
    control.querySelector("[data-collect-words]").textContent = isIn ? bar.dataset.out : bar.dataset.add;
    control.querySelector("use").setAttribute("href", isIn ? "#i--check" : "#i--plus");
    control.classList.toggle("collect__control--in", isIn);
  }
  for (const link of document.querySelectorAll("[data-collect-compare]")) {
    const others = chosen.filter((id) => id !== link.dataset.collectCompare);
    link.search = `ids=${[link.dataset.collectCompare, ...others].slice(0, 4).join(",")}`;
  }
  bar.hidden = chosen.length === 0 || "away" in bar.dataset;
  for (const count of document.querySelectorAll("[data-collected-count] b")) {
    count.textContent = bar.dataset.count.replace("{count}", chosen.length);
  }
  for (const link of document.querySelectorAll("[data-collected-way]")) link.search = query(list);
  const isElsewhere = chosen.length > 0 && document.querySelector("[data-collected-none]") !== null;
  for (const here of document.querySelectorAll("[data-collected-here]")) here.hidden = !isElsewhere;
  for (const none of document.querySelectorAll("[data-collected-none]")) none.hidden = isElsewhere;
  for (const offer of document.querySelectorAll("[data-collected-used]")) {
    const used = offer.dataset.collectedUsed.split(",");
    offer.hidden = chosen.length === 0 || !chosen.every((id) => used.includes(id));
  }
  bar.querySelector("[data-collected-open]").search = query(list);
  bar.querySelector("[data-collected-compare]").search = `ids=${chosen.join(",")}`;
}

function toggle(control) {
  const list = read();
  const chosen = ids(list);
  const id = control.dataset.collect;
  const title = control.dataset.title;
  if (chosen.includes(id)) {
    list.delete(`note.${id}`);
    keep(list, chosen.filter((each) => each !== id));
    say(bar.dataset.taken, title);
  } else if (chosen.length >= Number(bar.dataset.most)) {
    say(bar.dataset.full, title);
  } else {
    keep(list, [...chosen, id]);
    say(bar.dataset.added, title);
  }
}

// A link that leads away becomes a button that stays; it looks the same, so that the layout never shifts.
function button(link) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = link.className;
  made.dataset.collect = link.dataset.collect;
  made.dataset.title = link.dataset.title;
  made.append(...link.childNodes);
  made.addEventListener("click", () => toggle(made));
  link.replaceWith(made);
}

// A reader who edits a list with everything collected goes on with it; a list from another person stays theirs.
function follow() {
  const here = new URLSearchParams(window.location.search);
  const shown = ids(here);
  if (stored(EDITED) && document.querySelector("[data-collect-list], [data-collect-form]")) {
    store(EDITED, "");
    store(NAME, shown.length ? query(here) : "");
  }
  document.querySelector("[data-collect-form]")?.addEventListener("submit", () => {
    if (ids(read()).every((id) => shown.includes(id))) store(EDITED, "yes");
  });
}

// Makes the links of results that a script has put into the page controls like all others.
export function offer() {
  if (!bar || !status) return;
  document.querySelectorAll("a[data-collect]").forEach(button);
  show();
}

function empty() {
  store(NAME, "");
  show();
  say(bar.dataset.emptied);
  document.querySelector("#site--main").focus({ preventScroll: true }); // the focused button is gone
}

if (bar && status) {
  for (const control of document.querySelectorAll("[data-collected-empty]")) control.addEventListener("click", empty);
  for (const link of document.querySelectorAll("[data-leave]")) {
    link.addEventListener("click", () => [NAME, EDITED].forEach((name) => store(name, "")));
  }
  window.addEventListener("pageshow", (event) => event.persisted && show()); // back from a page that changed the list
  follow();
  offer();
  new ResizeObserver(() => document.documentElement.style.setProperty("--collected", `${bar.offsetHeight}px`)).observe(bar);
}
