// The small form behind "Insert an image": it uploads a file with its alternative text and shows both in the text.

export class PictureDialog {
  constructor(form, words, autosave) {
    this.form = form;
    this.words = words;
    this.autosave = autosave;
    this.dialog = document.querySelector("[data-picture-dialog]");
    if (!this.dialog) return;
    this.file = this.dialog.querySelector("#dialog-file");
    this.alt = this.dialog.querySelector("#dialog-alt");
    this.told = this.dialog.querySelector("[data-told]");
    this.dialog.querySelector("[data-add]").addEventListener("click", () => this.add());
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== this.alt) return;
      event.preventDefault();
      this.add();
    });
    this.dialog.addEventListener("close", () => this.toolbar.field.focus({ preventScroll: true }));
  }

  get isThere() {
    return Boolean(this.dialog);
  }

  open(toolbar) {
    this.toolbar = toolbar;
    this.file.value = "";
    this.alt.value = "";
    this.told.textContent = "";
    this.dialog.showModal();
    this.file.focus();
  }

  async add() {
    const [file] = this.file.files;
    if (!file) return this.refuse(this.words.fileNeeded, this.file);
    if (!this.alt.value.trim()) return this.refuse(this.words.altNeeded, this.alt);
    this.told.textContent = "";
    await this.autosave.save(); // a file belongs to a record or a draft
    const data = new FormData();
    data.set("csrf_token", this.form.querySelector("[name=csrf_token]").value);
    data.set("alt", this.alt.value);
    data.set("file", file);
    try {
      const answer = await fetch(this.dialog.dataset.address, { method: "POST", body: data, cache: "no-store" });
      const { text, name, words } = await answer.json();
      if (!text) return this.refuse(words, this.file);
      this.dialog.close();
      const before = this.toolbar.field.value.slice(0, this.toolbar.field.selectionEnd);
      const gap = before.trim() === "" || before.endsWith("\n\n") ? "" : "\n\n"; // an image is a paragraph of its own
      this.toolbar.insert((name.endsWith(".pdf") ? "" : gap) + text);
      this.remember(name, text);
    } catch {
      this.refuse(this.words.uploadFailed, this.file);
    }
  }

  refuse(words, field) {
    this.told.textContent = words;
    field.focus();
  }

  // The next menu offers the image again.
  remember(name, text) {
    if (name.endsWith(".pdf")) return;
    const line = document.createElement("li");
    line.dataset.pictureName = name;
    line.dataset.pictureText = text;
    line.hidden = true;
    this.form.append(line);
  }
}
