// Fields that help while they are filled in: a list gets another line when its last is used, and a text with a limit
// says how many characters are left.

const NEAR = 0.1; // a name is told its limit when so much of it is left; a text always

// One empty line is enough where the script adds the next.
function trim(list) {
  const inputs = [...list.querySelectorAll(":scope > .entry > input")];
  for (const input of inputs.reverse().slice(0, -1)) {
    const before = inputs[inputs.indexOf(input) + 1];
    if (input.value || before.value || input === document.activeElement) break;
    input.labels[0]?.remove();
    input.closest(".entry").remove();
  }
}

function grow(list) {
  const inputs = list.querySelectorAll(":scope > .entry > input");
  const last = inputs[inputs.length - 1];
  if (!last?.value.trim()) return;
  const number = inputs.length;
  const entry = document.createElement("span");
  entry.className = "entry";
  const input = last.cloneNode();
  input.id = `${list.id}-${number}`;
  input.value = "";
  input.defaultValue = "";
  for (const name of ["aria-describedby", "aria-invalid", "value"]) input.removeAttribute(name);
  const label = document.createElement("label");
  label.className = "visually-hidden";
  label.htmlFor = input.id;
  label.textContent = list.dataset.lines.replace("{number}", number + 1);
  entry.append(input);
  list.append(label, entry);
}

class Counter {
  constructor(field, words) {
    this.field = field;
    this.words = words;
    this.limit = Number(field.dataset.limit);
    this.line = document.createElement("p");
    this.line.className = "field__hint";
    this.line.id = `${field.id}--left`;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${this.line.id}`.trim());
    (field.closest(".entry") ?? field).after(this.line);
    field.addEventListener("input", () => this.show(true));
    this.show(false);
  }

  show(isTyping) {
    const left = this.limit - [...this.field.value.trim()].length;
    const isOver = left < 0;
    this.line.hidden = this.field.tagName !== "TEXTAREA" && left > this.limit * NEAR;
    this.line.textContent = (isOver ? this.words.over : this.words.left).replace("{count}", Math.abs(left));
    this.line.classList.toggle("field__hint--over", isOver);
    if (isTyping && isOver && !this.wasOver) document.querySelector("[data-announce]").textContent = this.line.textContent;
    this.wasOver = isOver;
  }
}

export function watchFields(form) {
  form.addEventListener("input", (event) => {
    const list = event.target.closest("[data-lines]");
    if (list) grow(list);
  });
}

// Again after the form was replaced.
export function beginFields(form, words) {
  for (const list of form.querySelectorAll("[data-lines]")) trim(list);
  for (const field of form.querySelectorAll("[data-limit]")) new Counter(field, words);
}
