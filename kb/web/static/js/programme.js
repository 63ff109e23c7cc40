// Slots are drawn to their places by a handle that is there with script alone; buttons do the same without it. What was
// drawn is sent as its form would send it, and what comes back takes the place of programme and basket.

const begin = (page) => {
  const form = page.querySelector("form[data-draw]");
  let drawn = null;

  for (const slot of form.querySelectorAll("[data-slot]")) {
    const handle = document.createElement("span");
    handle.className = "programme__handle";
    handle.title = form.dataset.draw;
    handle.setAttribute("aria-hidden", "true"); // the buttons say what they do, and need no pointer
    handle.draggable = true;
    handle.textContent = "⋮⋮";
    slot.querySelector("time").append(handle);
    handle.addEventListener("dragstart", (event) => {
      drawn = slot;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", slot.querySelector("h3").textContent);
      event.dataTransfer.setDragImage(slot, 0, 0);
      // A browser gives up drawing what changes while it begins.
      setTimeout(() => {
        if (drawn) drawn.dataset.drawn = "";
      });
    });
    handle.addEventListener("dragend", () => {
      delete slot.dataset.drawn;
      mark(form, null);
      drawn = null;
    });
  }

  form.addEventListener("dragover", (event) => {
    if (!drawn) return;
    const place = placeOf(event);
    if (!place) return;
    event.preventDefault();
    mark(form, place);
  });

  form.addEventListener("drop", (event) => {
    const place = drawn && placeOf(event);
    if (!place) return;
    event.preventDefault();
    const { slot } = drawn.dataset;
    mark(form, null);
    if (place.before === slot) return;
    send(page, form, { do: `put:${slot}`, before: place.before, day: place.day });
  });
};

// Above the middle of a slot it goes before that one, below it before the next, at the end of a day to its end.
function placeOf(event) {
  const over = event.target.closest("[data-slot]");
  if (!over) return null;
  const { top, height } = over.getBoundingClientRect();
  const isAbove = event.clientY < top + height / 2;
  const next = isAbove ? over : over.nextElementSibling;
  return { element: over, isAbove, before: next?.dataset.slot ?? "", day: over.dataset.day };
}

function mark(form, place) {
  for (const each of form.querySelectorAll("[data-drop]")) delete each.dataset.drop;
  if (place) place.element.dataset.drop = place.isAbove ? "before" : "after";
}

async function send(page, form, values) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  form.inert = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, cache: "no-store" });
    const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = whole.querySelector("[data-programme]");
    if (!answer.ok || !made) throw new Error(String(answer.status));
    page.replaceChildren(...made.childNodes);
    begin(page);
    const slot = document.getElementById(`slot--${values.do.slice(4)}`);
    tell(whole.querySelector(".flash"));
    slot?.focus({ preventScroll: true });
    slot?.scrollIntoView({ block: "nearest" });
  } catch {
    // What the script could not do, the form does: it is sent with these values, and the page says what is wrong.
    for (const [name, value] of Object.entries(values)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.inert = false;
    form.submit();
  }
}

// What was done is said where the page says it: a region that is there is read when its words change.
function tell(flash) {
  const region = document.querySelector("main > .flash") ?? document.createElement("div");
  region.className = "frame flow flash";
  region.setAttribute("role", "status");
  if (!region.isConnected) document.querySelector("main").prepend(region);
  setTimeout(() => region.replaceChildren(...(flash?.childNodes ?? [])));
}

const page = document.querySelector("[data-programme]");
if (page) begin(page);
