// The small form behind "Insert a source": it finds a source by its reference or among those of other records, adds it
// to the record, and cites it where the cursor was.
import { sourcesOf } from "./preview.js";
import { exchange } from "./rows.js";

const KEYS = ["title", "address", "publisher", "year", "kind"];

export class SourceDialog {
  constructor(form, words, autosave, begin) {
    this.form = form;
    this.words = words;
    this.autosave = autosave;
    this.begin = begin;
    this.dialog = document.querySelector("[data-source-dialog]");
    if (!this.dialog) return;
    this.told = this.dialog.querySelector("[data-told]");
    this.list = this.dialog.querySelector("[data-shared]");
    this.dialog.querySelector("[data-find]").addEventListener("click", () => this.find());
    this.dialog.querySelector("[data-add]").addEventListener("click", () => this.add());
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault(); // the Enter key searches, and never closes the form
      if (event.target.id === "dialog-reference") this.find();
    });
    this.dialog.addEventListener("close", () => this.field?.isConnected && this.field.focus({ preventScroll: true }));
  }

  get isThere() {
    return Boolean(this.dialog);
  }

  // `field` is the text in which the source is cited.
  open(field) {
    this.field = field;
    this.place = field.selectionEnd;
    this.more = {};
    for (const input of this.dialog.querySelectorAll("input")) input.value = "";
    this.told.textContent = "";
    this.list.replaceChildren();
    this.dialog.showModal();
    this.dialog.querySelector("#dialog-reference").focus();
  }

  control(name) {
    return this.dialog.querySelector(`#dialog-${name}`);
  }

  async find() {
    const data = new FormData();
    data.set("csrf_token", this.form.querySelector("[name=csrf_token]").value);
    data.set("reference", this.control("reference").value);
    this.told.textContent = this.words.finding;
    this.list.replaceChildren();
    try {
      const answer = await fetch(this.words.findSource, { method: "POST", body: data, cache: "no-store" });
      const { values, shared, words } = await answer.json();
      this.fill(values);
      this.told.textContent = words || (shared.length ? this.words.sharedSources : this.words.checkDetails);
      this.list.replaceChildren(...shared.map((each) => this.line(each)));
    } catch {
      this.told.textContent = this.words.findFailed;
    }
  }

  line({ title, about, record, values }) {
    const item = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = title;
    const more = document.createElement("p");
    more.className = "soft";
    more.textContent = [about, this.words.sharedIn.replace("{title}", record)].filter(Boolean).join(" · ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small";
    button.textContent = this.words.takeOver;
    button.setAttribute("aria-label", `${this.words.takeOver}: ${title}`);
    button.addEventListener("click", () => {
      this.fill(values);
      this.dialog.querySelector("[data-add]").focus();
    });
    item.append(name, more, button);
    return item;
  }

  fill(values) {
    for (const name of KEYS) if (values[name]) this.control(name).value = values[name];
    this.more = Object.fromEntries(["language", "accessed"].filter((name) => values[name]).map((name) => [name, values[name]]));
  }

  async add() {
    const title = this.control("title");
    if (!title.value.trim()) {
      this.told.textContent = this.words.titleNeeded;
      title.focus();
      return;
    }
    const values = { ...this.more, ...Object.fromEntries(KEYS.map((name) => [name, this.control(name).value.trim()])) };
    const more = Object.fromEntries(Object.entries(values).map(([name, value]) => [`source.${name}`, value]));
    const mark = `[^${this.nextId()}]`;
    const { id, name, value } = this.field;
    more[name] = value.slice(0, this.place) + mark + value.slice(this.place);
    await this.autosave.idle();
    this.form.inert = true;
    const page = await exchange(this.form, "source", this.begin, more);
    this.form.inert = false;
    if (!page) {
      this.told.textContent = this.words.findFailed;
      return;
    }
    this.autosave.exchanged();
    this.field = document.getElementById(id);
    this.dialog.close();
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(this.place + mark.length, this.place + mark.length);
    this.field.scrollIntoView({ block: "nearest" });
  }

  // The id that the server gives to the next row.
  nextId() {
    const taken = new Set(sourcesOf(this.form).map(({ id }) => id));
    for (const row of this.form.querySelectorAll("#f-sources details[data-row-id]")) taken.add(row.dataset.rowId);
    let number = 1;
    while (taken.has(`s${number}`)) number += 1;
    return `s${number}`;
  }
}
