// Buttons above the text of a section that write its Markdown. A toolbar by the ARIA Authoring Practices: one stop of
// the Tab key, arrow keys inside. The browser's undo also reverts what a button writes.
import { labelOf, sourcesOf } from "./preview.js";

const KEYS = { b: "bold", i: "italic", k: "link" };
const SECTIONS = 'textarea[name^="s."], textarea[name="new-text"]';
let count = 0;

class Toolbar {
  constructor(field, form, words, dialogs) {
    this.field = field;
    this.form = form;
    this.words = words;
    this.dialogs = dialogs;
    this.actions = {
      bold: () => this.wrap("**"),
      italic: () => this.wrap("*"),
      heading: () => this.prefix("### "),
      list: () => this.prefix("- "),
      link: () => this.link(),
      source: (button) => this.choose(button, this.sources(), words.noSources),
      picture: (button) => this.choose(button, this.pictures(), words.noPictures),
    };
    this.bar = document.createElement("div");
    this.bar.className = "toolbar";
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", words.toolbar.replace("{label}", labelOf(field)));
    this.bar.setAttribute("aria-controls", field.id);
    this.buttons = Object.keys(this.actions).map((name) => this.button(name));
    this.bar.append(...this.buttons);
    this.bar.addEventListener("keydown", (event) => this.move(event));
    this.bar.addEventListener("focusout", (event) => this.bar.contains(event.relatedTarget) || this.close());
    field.addEventListener("keydown", (event) => this.shortcut(event));
    field.before(this.bar);
  }

  button(name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small";
    button.textContent = this.words[name];
    button.tabIndex = name === "bold" ? 0 : -1;
    const key = Object.keys(KEYS).find((each) => KEYS[each] === name);
    if (key) {
      const sign = isApple() ? "⌘" : "Ctrl+";
      button.title = `${this.words[name]} (${sign}${key.toUpperCase()})`;
      button.setAttribute("aria-keyshortcuts", isApple() ? `Meta+${key.toUpperCase()}` : `Control+${key.toUpperCase()}`);
    }
    if (name === "source" || name === "picture") {
      button.setAttribute("aria-haspopup", "menu");
      button.setAttribute("aria-expanded", "false");
    }
    button.addEventListener("click", () => this.actions[name](button));
    return button;
  }

  move(event) {
    if (this.menu?.contains(event.target)) return this.moveInMenu(event);
    const place = this.buttons.indexOf(event.target);
    const last = this.buttons.length - 1;
    const isTurned = getComputedStyle(this.bar).direction === "rtl";
    const [next, before] = isTurned ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const target = {
      [next]: place === last ? 0 : place + 1,
      [before]: place === 0 ? last : place - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === "ArrowDown" && event.target.ariaHasPopup === "menu") {
      event.preventDefault();
      event.target.click();
    } else if (target !== undefined) {
      event.preventDefault();
      this.buttons.forEach((each, index) => (each.tabIndex = index === target ? 0 : -1));
      this.buttons[target].focus();
    }
  }

  shortcut(event) {
    const isMeant = (isApple() ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
    const name = isMeant && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    this.actions[name]();
  }

  // Replace the selection; afterwards `length` letters from `start` on are selected.
  write(from, to, text, start, length = 0) {
    const { field } = this;
    field.focus();
    field.setSelectionRange(from, to);
    // The only way of writing that the browser can undo; it is deprecated, but every browser has it.
    const isDone = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
    if (!isDone) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    field.setSelectionRange(start, start + length);
  }

  // Put marks around the selection, or remove them if they are there already.
  wrap(mark) {
    const { value, selectionStart: from, selectionEnd: to } = this.field;
    const size = mark.length;
    const chosen = value.slice(from, to);
    const isMarked = value.slice(from - size, from) === mark && value.slice(to, to + size) === mark;
    // One star may be part of two: those mean bold.
    const isBold = mark === "*" && value.slice(from - 2, from) === "**" && value.slice(from - 3, from) !== "***";
    if (isMarked && !isBold) return this.write(from - size, to + size, chosen, from - size, chosen.length);
    // Spaces at the ends stay outside: inside, the marks would have no effect.
    const [, before, inside, after] = /^(\s*)([^]*?)(\s*)$/.exec(chosen);
    this.write(from, to, before + mark + inside + mark + after, from + before.length + size, inside.length);
  }

  // Put the same prefix before each selected line, or remove it if all have it.
  prefix(mark) {
    const { value, selectionStart, selectionEnd } = this.field;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const end = value.indexOf("\n", selectionEnd > selectionStart ? selectionEnd - 1 : selectionEnd);
    const to = end < 0 ? value.length : end;
    const lines = value.slice(from, to).split("\n");
    const has = lines.every((line) => line.startsWith(mark));
    const made = lines.map((line) => (has ? line.slice(mark.length) : line && !line.startsWith(mark) ? mark + line : line || (lines.length === 1 ? mark : "")));
    const text = made.join("\n");
    // A list needs an empty line before it.
    const isApart = has || from === 0 || value.slice(0, from).endsWith("\n\n") || value.slice(0, from).split("\n").at(-2)?.startsWith(mark);
    const gap = isApart ? "" : "\n";
    this.write(from, to, gap + text, from + gap.length + text.length);
  }

  link() {
    const { value, selectionStart: from, selectionEnd: to } = this.field;
    const chosen = value.slice(from, to);
    if (/^https?:\/\/\S+$/.test(chosen)) {
      const words = this.words.wordsHere;
      return this.write(from, to, `[${words}](${chosen})`, from + 1, words.length);
    }
    const words = chosen || this.words.wordsHere;
    const address = "https://";
    this.write(from, to, `[${words}](${address})`, from + words.length + 3, address.length);
  }

  sources() {
    const found = sourcesOf(this.form).map(({ id, title }) => ({
      words: title ? `${id}: ${title}` : id,
      insert: () => this.insert(`[^${id}]`),
    }));
    const { source } = this.dialogs;
    return source?.isThere ? [{ words: this.words.newSource, insert: () => source.open(this.field) }, ...found] : found;
  }

  pictures() {
    const found = [...document.querySelectorAll("[data-picture-name]")].map(({ dataset: { pictureName: name, pictureText } }) => ({
      words: name,
      insert: () => {
        if (pictureText) return this.insert(pictureText);
        const { selectionStart: from, selectionEnd: to } = this.field;
        const words = this.field.value.slice(from, to) || this.words.altHere;
        this.write(from, to, `![${words}](${name})`, from + 2, words.length);
      },
    }));
    const { picture } = this.dialogs;
    return picture?.isThere ? [{ words: this.words.newPicture, insert: () => picture.open(this) }, ...found] : found;
  }

  // Insert after the selection, which stays.
  insert(text) {
    const { selectionEnd: to } = this.field;
    this.write(to, to, text, to + text.length);
  }

  choose(button, options, none) {
    if (button.getAttribute("aria-expanded") === "true") return this.close();
    this.close();
    this.menu = document.createElement("div");
    this.menu.id = `toolbar--${(count += 1)}`;
    this.menu.className = "toolbar__menu";
    this.menu.setAttribute("role", "menu");
    this.menu.setAttribute("aria-label", button.textContent);
    for (const { words, insert } of options.length ? options : [{ words: none, insert: () => this.field.focus() }]) {
      const item = document.createElement("button");
      item.type = "button";
      item.setAttribute("role", "menuitem");
      item.tabIndex = -1;
      item.textContent = words;
      item.addEventListener("click", () => {
        this.close();
        insert();
      });
      this.menu.append(item);
    }
    this.opener = button;
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-controls", this.menu.id);
    this.bar.append(this.menu);
    this.menu.firstElementChild.focus();
  }

  moveInMenu(event) {
    const items = [...this.menu.children];
    const place = items.indexOf(event.target);
    const target = {
      ArrowDown: (place + 1) % items.length,
      ArrowUp: (place - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      const { opener } = this;
      this.close();
      opener.focus();
    } else if (target !== undefined) {
      event.preventDefault();
      items[target].focus();
    }
  }

  close() {
    if (!this.menu) return;
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.removeAttribute("aria-controls");
    const { menu } = this;
    this.menu = null; // set before removal, as removal moves the focus
    menu.remove();
  }
}

function isApple() {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

// `dialogs` are the small forms that some buttons open; only the fields `within` an element get a toolbar.
export function addToolbars(form, words, dialogs = {}, within = form) {
  for (const field of within.querySelectorAll(SECTIONS)) new Toolbar(field, form, words, dialogs);
}
