// Shows slides one at a time: by keys, by buttons, by the fragment of the address. Without this script the page shows
// all. Letter keys work only while the slides have the focus, so that typing or speaking elsewhere does nothing.

const root = document.documentElement;
const slides = document.querySelector("[data-slides]");
const all = [...slides.querySelectorAll(".slide")];
const bar = slides.querySelector("[data-bar]");
const position = bar.querySelector("[role=status]");
const button = Object.fromEntries([...bar.querySelectorAll("[data-do]")].map((each) => [each.dataset.do, each]));
let now = 0;

const isOne = () => "one" in root.dataset;

function say() {
  const spoken = document.createElement("span");
  spoken.className = "slides__spoken";
  spoken.textContent = `: ${all[now].querySelector(".slide__title").textContent}`;
  position.textContent = position.dataset.words.replace("%(number)s", now + 1).replace("%(total)s", all.length);
  position.append(spoken);
}

// If no element has the focus, the slides get it: a browser that follows a fragment takes the focus away.
function hold() {
  if (document.activeElement === document.body) slides.focus({ preventScroll: true });
}

function show(number) {
  now = Math.min(Math.max(number, 0), all.length - 1);
  const hadFocus = all.some((slide, place) => place !== now && slide.contains(document.activeElement));
  for (const [place, slide] of all.entries()) slide.toggleAttribute("data-now", place === now);
  button.back.disabled = now === 0;
  button.next.disabled = now === all.length - 1;
  say();
  if (hadFocus) slides.focus({ preventScroll: true });
  hold();
  if (isOne()) window.scrollTo(0, 0);
  history.replaceState(null, "", `#${all[now].id}`);
}

function arrange(one) {
  root.toggleAttribute("data-one", one);
  root.toggleAttribute("data-all", !one);
  for (const name of ["back", "next", "all"]) button[name].hidden = !one;
  button.one.hidden = one;
  position.hidden = !one;
  slides.focus({ preventScroll: true });
  show(now);
  if (!one) all[now].scrollIntoView({ block: "start" });
}

function named() {
  return all.findIndex((slide) => `#${slide.id}` === window.location.hash);
}

function dress() {
  const isDark = root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.scheme = isDark ? "light" : "dark";
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen?.().catch(() => {});
}

const does = {
  back: () => show(now - 1),
  next: () => show(now + 1),
  all: () => arrange(false),
  one: () => arrange(true),
  full: fill,
  scheme: dress,
};
const letters = { f: fill, d: dress };
const alone = {
  ArrowRight: does.next,
  ArrowDown: does.next,
  ArrowLeft: does.back,
  ArrowUp: does.back,
  PageDown: does.next,
  PageUp: does.back,
  Home: () => show(0),
  End: () => show(all.length - 1),
  Escape: does.all,
};

document.addEventListener("keydown", (event) => {
  const isInside = slides.contains(event.target);
  if (event.ctrlKey || event.altKey || event.metaKey || !(isInside || event.target === document.body)) return;
  const isSpace = event.key === " " && !event.target.closest("button, a, summary");
  const space = event.shiftKey ? does.back : does.next;
  const letter = isInside ? letters[event.key.toLowerCase()] : undefined;
  const act = letter ?? (isOne() ? (isSpace ? space : alone[event.key]) : undefined);
  if (!act) return;
  event.preventDefault();
  hold();
  act();
});

for (const [name, each] of Object.entries(button)) each.addEventListener("click", does[name]);
window.addEventListener("hashchange", () => named() >= 0 && named() !== now && show(named()));

// In the overview a click on a slide shows it; keyboard users have the button for it.
slides.addEventListener("click", (event) => {
  const place = all.indexOf(event.target.closest(".slide"));
  if (isOne() || place < 0 || event.target.closest("a") || !window.getSelection().isCollapsed) return;
  now = place;
  arrange(true);
});

slides.tabIndex = -1;
bar.hidden = false;
slides.querySelector("[data-keys]").hidden = false;
button.full.hidden = !document.fullscreenEnabled;
now = Math.max(named(), 0);
arrange(true);
window.addEventListener("load", hold);
