// Rows and sections are added, moved and removed without a page load: the form is sent as its button would send it, and
// the response replaces it. On any failure the button itself sends the form.

const ORDERS = /^(?:add|remove|up|down|section-up|section-down|section-remove):/;

export function watchRows(form, autosave, previews, begin) {
  form.addEventListener(
    "submit",
    async (event) => {
      const button = event.submitter;
      if (!ORDERS.test(button?.value ?? "") || button.dataset.plain) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await autosave.idle();
      form.inert = true; // text typed now would be lost
      const isDone = await exchange(form, button, begin);
      form.inert = false;
      if (!isDone) {
        button.dataset.plain = "true";
        form.requestSubmit(button);
        return;
      }
      autosave.exchanged();
      find(button);
    },
    { capture: true },
  );
}

async function exchange(form, button, begin) {
  const data = new FormData(form);
  data.set("do", button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, cache: "no-store" });
    if (answer.status !== 200) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page.querySelector("form[data-editor]");
    if (!made) return false;
    const open = new Set([...form.querySelectorAll("details[open][id]")].map(({ id }) => id));
    for (const each of made.querySelectorAll("details[id]")) each.open ||= open.has(each.id);
    // A page contains the icons that it shows; the new form may need others.
    for (const symbol of page.querySelectorAll(".sprite symbol[id]")) {
      if (!document.getElementById(symbol.id)) document.querySelector(".sprite").append(symbol);
    }
    form.replaceChildren(...made.childNodes);
    const outline = page.querySelector("[data-outline]");
    if (outline) document.querySelector("[data-outline]")?.replaceWith(outline);
    begin();
    return true;
  } catch {
    return false;
  }
}

// The focus goes to the target of the button's address: the moved row, or the list without the removed one.
function find(button) {
  const id = decodeURIComponent(new URL(button.formAction).hash.slice(1));
  const target = document.getElementById(id);
  if (!target) return;
  if (target.tagName === "DETAILS") target.open = true;
  const control = target.matches("details") ? target.querySelector("summary") : target.querySelector("button, textarea, input");
  (control ?? target).focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}
