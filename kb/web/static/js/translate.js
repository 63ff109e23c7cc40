// Keyboard shortcuts for the desk of a translation. Every shortcut presses a button of the page, or moves the focus.
const desk = document.querySelector("[data-translating]");
const choice = desk?.querySelector("[data-shortcuts]");
const box = choice?.querySelector("input");
const OFF = "praxis-shortcuts-off";

const segments = () => [...desk.querySelectorAll("[data-segment]")];
const areaOf = (segment) => segment.querySelector("textarea");
const segmentOf = (element) => element?.closest?.("[data-segment]");

function press(segment, verb) {
  segment.querySelector(`button[value^="${verb}:"]`)?.click();
}

function go(from, steps) {
  const all = segments();
  const place = from ? all.indexOf(from) + steps : 0;
  const next = all[Math.max(0, Math.min(place, all.length - 1))];
  if (next) areaOf(next).focus();
}

// A text by AI that a person leaves as it is was read and found right; any other one is saved.
function goOn(segment) {
  const isSame = [...segment.querySelectorAll("textarea, input:not([type])")].every((each) => each.value === each.defaultValue);
  press(segment, isSame && segment.dataset.state === "machine" ? "read" : "next");
}

function turn(steps) {
  desk.querySelector(`[data-turn="${steps}"]`)?.click();
}

// Ticks all texts of the page that are translated, or none if all are ticked.
function tick(event) {
  const picks = segments().filter((each) => areaOf(each).value.trim()).map((each) => each.querySelector("[name=pick]"));
  const isWhole = picks.every((each) => each.checked);
  for (const each of picks) each.checked = !isWhole;
  event.preventDefault();
}

// The page shows the original with its deletions: these are not copied.
function copy(segment) {
  const area = areaOf(segment);
  const source = segment.querySelector("[data-source]");
  if (area.value.trim() || !source) return;
  const whole = source.cloneNode(true);
  for (const gone of whole.querySelectorAll("del")) gone.remove();
  area.value = whole.textContent;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function keyed(event) {
  if (!box.checked || event.isComposing) return;
  const segment = segmentOf(event.target);
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && event.key === "Enter" && segment) goOn(segment);
  else if (event.altKey && !command && event.key === "ArrowDown") go(segment, 1);
  else if (event.altKey && !command && event.key === "ArrowUp") go(segment, -1);
  else if (event.altKey && !command && event.key === "PageDown") turn(1);
  else if (event.altKey && !command && event.key === "PageUp") turn(-1);
  else if (command && event.shiftKey && event.key.toLowerCase() === "c" && segment) copy(segment);
  else return;
  event.preventDefault();
}

if (desk && box) {
  choice.hidden = false;
  try {
    box.checked = !localStorage.getItem(OFF);
  } catch {
    // Without storage, the shortcuts are on in each page.
  }
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // As above.
    }
  });
  desk.addEventListener("keydown", keyed);
  document.querySelector("[data-tick-all]")?.addEventListener("click", tick);
  // A user led to the next text can write at once. A browser that follows a fragment takes the focus away last.
  const place = window.location.hash.slice(1);
  const segment = segmentOf(place && document.getElementById(place));
  const begin = () => setTimeout(() => areaOf(segment).focus());
  if (segment && !document.querySelector("[data-focus]")) {
    if (document.readyState === "complete") begin();
    else window.addEventListener("load", begin);
  }
}
