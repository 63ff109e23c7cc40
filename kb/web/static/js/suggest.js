// Suggestions below a search field: an editable combobox with a listbox, by the ARIA Authoring Practices. The focus
// stays in the field; without JavaScript the field is a plain one. Typed text is not stored.

const WAIT = 120; // milliseconds without a key, so that not every letter sends a request
const SHORTEST = 2;
let count = 0;

class Suggestions {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("[name=q]");
    this.id = `suggest--${(count += 1)}`;
    this.asked = new AbortController();
    this.options = [];
    this.current = -1;
    this.list = element("div", { id: this.id, role: "listbox", class: "suggest", "aria-label": form.dataset.suggestName });
    this.list.hidden = true;
    this.status = element("p", { role: "status", class: "visually-hidden" });
    form.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
      enterkeyhint: "search",
    })) {
      this.field.setAttribute(name, value);
    }
    this.field.addEventListener("input", (event) => event.isComposing || this.later());
    this.field.addEventListener("compositionend", () => this.later());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.timer);
    this.asked.abort();
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const text = this.field.value.trim();
    if (text.length < SHORTEST) return this.close();
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    try {
      const address = `${this.form.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal, cache: "no-store" });
      if (answer.ok) this.show(await answer.json());
    } catch {
      if (!signal.aborted) this.close(); // no answer: the field works without suggestions
    }
  }

  show({ groups, count }) {
    this.list.replaceChildren(...groups.map((group, place) => this.group(group, place)));
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, place) => (option.id = `${this.id}-${place}`));
    this.mark(-1);
    const isOpen = this.options.length > 0 && document.activeElement === this.field;
    this.list.hidden = !isOpen;
    this.field.setAttribute("aria-expanded", String(isOpen));
    this.status.textContent = document.activeElement === this.field ? count : "";
  }

  group({ label, options }, place) {
    const name = element("p", { id: `${this.id}-group-${place}`, class: "suggest__group", role: "presentation" }, label);
    const group = element("div", { role: "group", "aria-labelledby": name.id });
    group.append(name, ...options.map((option) => this.option(option)));
    return group;
  }

  option({ text, address, language }) {
    const option = element("div", { role: "option", class: "suggest__option", "data-address": address }, text);
    option.setAttribute("aria-selected", "false");
    if (language) option.lang = language;
    return option;
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the first Escape closes, the second empties the field
      this.close();
    } else if (event.key === "Enter" && isOpen && this.current >= 0) {
      event.preventDefault();
      this.go(this.options[this.current]);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.mark(-1); // back to the text field
    }
  }

  // From the last suggestion back to the text, and from there to the first.
  move(step) {
    const places = this.options.length + 1;
    this.mark(((this.current + 1 + step + places) % places) - 1);
  }

  mark(place) {
    this.options.forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    this.current = place;
    if (place < 0) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", this.options[place].id);
    this.options[place].scrollIntoView({ block: "nearest" });
  }

  go(option) {
    if (!option) return;
    this.close(); // closed when the reader comes back
    window.location.assign(option.dataset.address);
  }

  close() {
    clearTimeout(this.timer);
    this.asked.abort();
    this.list.hidden = true;
    this.status.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

function element(tag, attributes, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

for (const form of document.querySelectorAll("[data-suggest]")) new Suggestions(form);
