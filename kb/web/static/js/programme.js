// Slots and their items are dragged by handles that exist only with JavaScript; buttons do the same without it. A drop
// is sent as its form would send it, and the response replaces programme and basket.
import { handle } from "./drawing.js";

const begin = (page) => {
  const { draw, drawItem } = page.dataset;

  for (const slot of page.querySelectorAll("[data-slot]")) {
    const { slot: id } = slot.dataset;
    const made = handle(slot, draw, {
      name: slot.querySelector("h3").textContent,
      find: (over, y) => placeOfSlot(slot, over, y),
      drop: ({ before, day }) => send(page, { do: `put:${id}`, before, day }, `slot--${id}`),
    });
    slot.querySelector("time").append(made);
  }

  for (const item of page.querySelectorAll("[data-item]")) {
    const { item: id } = item.dataset;
    const title = item.querySelector("[data-item-title]");
    const made = handle(item, drawItem, {
      name: title.textContent,
      find: (over, y) => placeOfItem(item, over, y),
      drop: ({ before, slot }) => send(page, { do: `place:${id}`, [`to.${id}`]: slot, before }, `item--${id}`),
    });
    title.before(made, " ");
  }
};

const middle = (element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

// Above the middle of a slot: before it; below: before the next one; at the end of a day: at its end.
function placeOfSlot(slot, over, y) {
  const element = over?.closest("[data-slot]");
  if (!element || element === slot) return null;
  const isAbove = y < middle(element);
  const next = isAbove ? element : element.nextElementSibling;
  if (next === slot) return null;
  return { element, side: isAbove ? "before" : "after", before: next?.dataset.slot ?? "", day: element.dataset.day };
}

// In a slot or in the basket: before the first item whose middle is further down, else at the end.
function placeOfItem(item, over, y) {
  const box = over?.closest("[data-slot], #basket");
  if (!box) return null;
  const slot = box.dataset.slot ?? "";
  const items = [...box.querySelectorAll("[data-item]")];
  const index = items.findIndex((each) => middle(each) > y);
  const next = items[index];
  const last = index < 0 ? items.at(-1) : items[index - 1];
  if (item === next || item === last) return null; // it is there already
  if (next) return { element: next, side: "before", before: next.dataset.item, slot };
  return { element: last ?? box, side: last ? "after" : "inside", before: "", slot };
}

async function send(page, values, id) {
  const sent = { csrf_token: page.querySelector("[name=csrf_token]").value, ...values };
  const { action } = page.querySelector("form");
  page.inert = true; // text typed now would be lost
  try {
    const answer = await fetch(action, { method: "POST", body: new URLSearchParams(sent), cache: "no-store" });
    const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = whole.querySelector("[data-programme]");
    if (!made) {
      submit(action, sent);
      return;
    }
    const typed = typedIn(page);
    page.replaceChildren(...made.childNodes);
    for (const [name, value] of typed) if (!(name in sent)) fill(document.getElementById(name), value);
    begin(page);
    page.inert = false;
    document.querySelector("main [data-focus]")?.remove();
    const wrong = whole.querySelector("[data-focus]");
    tell(...(wrong ? [wrong] : whole.querySelectorAll("main > .flash > *")));
    const moved = wrong ? null : document.getElementById(id);
    moved?.focus({ preventScroll: true });
    moved?.scrollIntoView({ block: "nearest" });
  } catch {
    const words = document.createElement("p"); // no answer: nothing has moved, and the user can drag again
    words.className = "notice notice--error";
    words.textContent = page.dataset.notSaved;
    tell(words);
  } finally {
    page.inert = false;
  }
}

// Unsent values of the fields of the page, by the ids of the fields.
function typedIn(page) {
  const fields = [...page.querySelectorAll("select, input:not([type=hidden])")];
  return fields.filter((field) => field.value !== asSent(field)).map((field) => [field.id, field.value]);
}

const asSent = ({ options, defaultValue }) =>
  options ? ([...options].find((each) => each.defaultSelected) ?? options[0]).value : defaultValue;

function fill(field, value) {
  if (!field || (field.options && ![...field.options].some((each) => each.value === value))) return;
  field.value = value;
}

// The response is not a programme: the page with the error is shown whole.
function submit(action, values) {
  const form = document.createElement("form");
  Object.assign(form, { action, method: "post", hidden: true });
  for (const [name, value] of Object.entries(values)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

// Announces the result or the error in the existing live region: only a region that is there already is read aloud.
function tell(...words) {
  const region = document.querySelector("main > .flash") ?? document.createElement("div");
  region.className = "frame flow flash";
  region.setAttribute("role", "status");
  if (!region.isConnected) document.querySelector("main").prepend(region);
  setTimeout(() => {
    region.replaceChildren(...words);
    region.querySelector("[data-focus]")?.focus(); // errors are read first
  });
}

const page = document.querySelector("[data-programme]");
if (page) begin(page);
