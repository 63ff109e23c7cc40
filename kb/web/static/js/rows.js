// Rows and sections are added, moved and removed, and a draft is saved, without a page load: the form is sent as its
// button would send it, and the response replaces it. On any failure the button itself sends the form.

const ORDERS = /^(?:open|add|remove|up|down|section-up|section-down|section-remove|source):|^source$/;
const SAVE = "save";

export function watchRows(form, autosave, previews, begin) {
  form.addEventListener(
    "submit",
    async (event) => {
      const button = event.submitter;
      const isSave = button?.value === SAVE && form.dataset.editor === "source" && !autosave.isCutOff;
      if (!(isSave || ORDERS.test(button?.value ?? "")) || button.dataset.plain) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await autosave.idle();
      const place = isSave ? whereabouts() : null;
      button.wasLast = button.closest(".actions") !== null;
      form.inert = true; // text typed now would be lost
      const page = await exchange(form, button.value, begin);
      form.inert = false;
      if (!page) {
        button.dataset.plain = "true";
        form.requestSubmit(button);
      } else if (isSave && page.isRefused) {
        autosave.exchanged();
        document.querySelector("[data-problems] [data-focus]")?.focus();
      } else if (isSave) {
        autosave.savedByHand(page);
        goBack(place, button);
      } else {
        autosave.exchanged();
        find(button);
      }
    },
    { capture: true },
  );
}

// Sends the form with this order and shows the form of the response; returns its page, or null after a failure.
export async function exchange(form, order, begin, more = {}) {
  const data = new FormData(form);
  data.set("do", order);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, cache: "no-store" });
    if (answer.status !== 200 && answer.status !== 422) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page.querySelector("form[data-editor]");
    if (!made) return null;
    const open = new Set([...form.querySelectorAll("details[open][id]")].map(({ id }) => id));
    for (const each of made.querySelectorAll("details[id]")) each.open ||= open.has(each.id);
    // A page contains the icons that it shows; the new form may need others.
    for (const symbol of page.querySelectorAll(".sprite symbol[id]")) {
      if (!document.getElementById(symbol.id)) document.querySelector(".sprite").append(symbol);
    }
    form.replaceChildren(...made.childNodes);
    for (const name of ["outline", "problems"]) {
      const part = page.querySelector(`[data-${name}]`);
      if (part) document.querySelector(`[data-${name}]`)?.replaceWith(part);
    }
    page.address = answer.url;
    page.isRefused = answer.status === 422;
    begin();
    return page;
  } catch {
    return null;
  }
}

// The fields of a row of a long list come when it is opened.
export function watchLeftOut(form, words, begin) {
  form.addEventListener(
    "toggle",
    (event) => {
      const row = event.target;
      if (row.open && row.querySelector(":scope > [data-left-out]")) load(row, form, words, begin);
    },
    { capture: true },
  );
}

async function load(row, form, words, begin) {
  const place = row.querySelector(":scope > [data-left-out]");
  const data = new FormData();
  data.set("csrf_token", form.querySelector("[name=csrf_token]").value);
  data.set("text", form.querySelector("[name=text]").value);
  data.set("do", place.querySelector("button").value);
  place.removeAttribute("data-left-out"); // once
  try {
    const answer = await fetch(words.row, { method: "POST", body: data, cache: "no-store" });
    const { html } = await answer.json();
    const made = new DOMParser().parseFromString(html, "text/html").getElementById(row.id)?.querySelector(":scope > .rows__inside");
    if (!made || !place.isConnected) return;
    const hasFocus = place.contains(document.activeElement);
    place.replaceWith(made);
    begin(made);
    if (hasFocus) made.querySelector("input, textarea, select")?.focus();
  } catch {
    place.setAttribute("data-left-out", ""); // the button in it sends the form
  }
}

// What is in the middle of the window, and the control with the focus: a field, if the Enter key sent the form, else
// the button.
function whereabouts() {
  const field = document.activeElement;
  const isField = field?.id && field.matches("input, textarea, select");
  const isText = isField && typeof field.selectionStart === "number";
  const under = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  const middle = under?.closest("[data-lines]") ?? under?.closest("form [id]"); // lines of a list may move up
  return {
    id: isField ? field.id : "",
    selection: isText ? [field.selectionStart, field.selectionEnd] : null,
    seen: middle?.id,
    top: middle?.getBoundingClientRect().top,
    y: window.scrollY,
  };
}

function goBack({ id, selection, seen, top, y }, button) {
  const buttons = document.querySelectorAll(`form[data-editor] button[name="do"][value="${SAVE}"]`);
  const field = id && document.getElementById(id);
  const again = field || buttons[button.wasLast ? buttons.length - 1 : 0];
  again?.focus({ preventScroll: true });
  if (field && selection) field.setSelectionRange(...selection);
  const middle = seen && document.getElementById(seen);
  const to = middle ? window.scrollY + middle.getBoundingClientRect().top - top : y;
  window.scrollTo({ top: to, behavior: "instant" });
}

// The focus goes to the target of the button's address: the moved row, or the list without the removed one.
function find(button) {
  const id = decodeURIComponent(new URL(button.formAction).hash.slice(1));
  const target = document.getElementById(button.dataset.next ?? "") ?? document.getElementById(id)?.closest("section, [id]");
  if (!target) return;
  if (target.tagName === "DETAILS") target.open = true;
  const control = target.matches("details") ? target.querySelector("summary") : target.querySelector("button, textarea, input");
  (control ?? target).focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}
