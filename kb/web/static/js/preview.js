// Preview of a section as readers will see it, below its text. The button that also works without JavaScript opens and
// closes it. It is rendered again half a second after the last keystroke.

const PAUSE = 500;

class Preview {
  constructor(button, field, form, words) {
    this.button = button;
    this.field = field;
    this.form = form;
    this.words = words;
    this.asked = new AbortController();
    this.region = document.createElement("div");
    this.region.className = "sheet prose flow";
    this.region.id = `${field.id}--preview`;
    this.region.setAttribute("role", "region");
    this.region.setAttribute("aria-label", `${words.previewName}: ${labelOf(field)}`);
    if (field.lang) this.region.lang = field.lang;
    this.region.hidden = true;
    button.parentElement.after(this.region);
    button.setAttribute("aria-controls", this.region.id);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.toggle();
    });
    field.addEventListener("input", () => this.later());
  }

  get isOpen() {
    return !this.region.hidden;
  }

  toggle() {
    this.region.hidden = this.isOpen;
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    if (this.isOpen) this.make();
  }

  later() {
    clearTimeout(this.timer);
    if (this.isOpen) this.timer = setTimeout(() => this.make(), PAUSE);
  }

  async make() {
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const data = new FormData();
    data.set("csrf_token", this.form.querySelector("[name=csrf_token]").value);
    data.set("section", this.button.value.replace("preview:", ""));
    data.set("text", this.field.value);
    data.set("language", this.field.lang || document.documentElement.lang);
    for (const { id } of sourcesOf(this.form)) data.append("source", id);
    try {
      const answer = await fetch(this.words.preview, { method: "POST", body: data, signal, cache: "no-store" });
      const { html, words } = await answer.json();
      if (words) this.region.textContent = words;
      else this.region.innerHTML = html; // the server has cleaned it as for readers
    } catch {
      if (!signal.aborted) this.region.textContent = this.words.previewFailed;
    }
  }
}

// Ids and titles of the sources: from the rows in the form if it has any, else from the list in the page.
export function sourcesOf(form) {
  const rows = [...form.querySelectorAll("#f-sources > ol > li > details")];
  if (rows.length === 0) {
    const lines = [...document.querySelectorAll("[data-source-id]")];
    return lines.map((line) => ({ id: line.dataset.sourceId, title: line.dataset.sourceTitle }));
  }
  // A row whose fields are not on the page has both in its summary.
  return rows
    .map((row) => ({
      id: row.querySelector('[name$=".id"]')?.value ?? row.dataset.rowId,
      title: row.querySelector('[name$=".title"]')?.value ?? row.querySelector("summary").textContent.split(": ").slice(1).join(": "),
    }))
    .filter(({ id }) => id);
}

export function labelOf(field) {
  return field.labels[0]?.textContent.trim() ?? "";
}

// `begin` finds the buttons, again after the form was replaced; `open` tells which sections are shown, and shows them.
export function watchPreviews(form, words) {
  let previews = [];
  return {
    begin(within = form) {
      const wereOpen = new Set(previews.filter((each) => each.isOpen).map((each) => each.field.name));
      previews = previews.filter((each) => within !== form && each.field.isConnected);
      for (const button of within.querySelectorAll('button[name="do"][value^="preview:"]')) {
        const name = button.value.replace("preview:", "");
        const field = form.querySelector(`textarea[name="s.${name}"]`);
        if (!field) continue;
        const preview = new Preview(button, field, form, words);
        previews.push(preview);
        if (wereOpen.has(field.name)) preview.toggle();
      }
    },
  };
}
