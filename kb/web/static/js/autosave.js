// Saves the form while the user types: five seconds after the last change, at most ten seconds after the first unsaved
// one, and when the page is left. One request at a time; each names the previous text of the draft, so that two windows
// never overwrite each other. No typed text is stored in the browser, because other people may use it.

const PAUSE = 5_000;
const LONGEST = 10_000;
const RETRY = [3_000, 5_000, 10_000, 20_000, 30_000];
const GIVE_UP = 15_000; // ms until a request without an answer counts as failed
const BEAT = 60_000; // ms between reports that a user who only reads is here
const TICK = 5_000; // ms between updates of "Saved 12 seconds ago"
const KEEPALIVE = 60_000; // bytes that a browser sends for a page that is being closed
export const OWN = /^[fswh]\./; // controls that mean nothing where they are left out

export class Autosave {
  constructor(form, words) {
    this.form = form;
    this.words = words;
    this.typed = 0; // counts changes
    this.kept = 0; // the last change that is saved
    this.first = 0; // time of the first unsaved change
    this.savedAt = 0;
    this.openedAt = Date.now();
    this.failures = 0;
    this.isActive = true;
    this.lines = [document.querySelector("[data-status]"), belowButtons(form)];
    this.voice = document.querySelector("[data-announce]");
    this.trouble = document.querySelector("[data-trouble]");
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("beforeunload", (event) => this.isDirty && !this.isLeaving && event.preventDefault());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => event.persisted && (this.isLeaving = false));
    window.addEventListener("online", () => this.retryNow());
    window.addEventListener("focus", () => this.retryNow());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.retryNow()));
    for (const event of ["pointermove", "keydown", "scroll"]) {
      window.addEventListener(event, () => (this.isActive = true), { passive: true });
    }
    setInterval(() => this.show(), TICK);
    setInterval(() => this.beat(), BEAT);
  }

  get isCutOff() {
    return !navigator.onLine || (this.failures > 0 && this.reason === undefined);
  }

  get isDirty() {
    return this.typed > this.kept;
  }

  // The form was replaced by another one with changes.
  exchanged() {
    this.lines[1] = belowButtons(this.form);
    this.changed();
  }

  // The button saved the draft, and the form was replaced by that of its page.
  savedByHand(page) {
    this.lines[1] = belowButtons(this.form);
    this.kept = this.typed;
    this.savedAt = Date.now();
    this.failures = 0;
    if (!this.hasParted) this.trouble.hidden = true;
    window.history.replaceState(null, "", page.address);
    const told = page.querySelector(".flash .notice");
    const isNews = told && !told.classList.contains("notice--good");
    if (isNews) this.complain("", told.textContent.trim());
    else this.say((told ?? document.querySelector("[data-problems] .notice__title"))?.textContent.trim() ?? "");
    this.show();
  }

  // The form has changed, by typing or by a script.
  changed() {
    if (!this.isDirty) this.first = Date.now();
    this.typed += 1;
    this.isActive = true;
    if (this.failures === 0) this.later(Math.min(PAUSE, this.first + LONGEST - Date.now()));
    this.show();
  }

  later(wait) {
    clearTimeout(this.timer);
    if (!this.isLeaving && !this.isOver) this.timer = setTimeout(() => this.save(), Math.max(0, wait));
  }

  // Returns a promise while a request is under way; the buttons of the form wait for it.
  idle() {
    return this.underway ?? Promise.resolve();
  }

  save(options = {}) {
    if (this.underway) return this.underway;
    if (!this.isDirty || this.isOver) return Promise.resolve();
    clearTimeout(this.timer);
    this.underway = this.send(options).finally(() => {
      this.underway = null;
      if (this.isDirty && this.failures === 0) this.later(PAUSE);
      this.show();
    });
    this.show();
    return this.underway;
  }

  // Saves by other work than sending the whole form, one after the other.
  async saveBy(work) {
    while (this.underway) await this.underway;
    if (this.isOver) return;
    clearTimeout(this.timer);
    this.underway = work().finally(() => {
      this.underway = null;
      if (this.isDirty && this.failures === 0) this.later(PAUSE);
      this.show();
    });
    this.show();
    await this.underway;
  }

  async send({ isLast = false } = {}) {
    const upTo = this.typed;
    const answer = await this.ask(() => this.body(isLast), this.words.save, isLast);
    if (answer.state !== "saved" && answer.state !== "same") return this.failed(answer);
    this.accept(answer, upTo);
  }

  // Posts what `body` returns; once more if the user has signed in again in another window.
  async ask(body, address, isLast = false) {
    const answer = await this.post(body(), isLast, address);
    if (answer.state !== "token" || !answer.token) return answer;
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = answer.token;
    return this.post(body(), isLast, address);
  }

  // All changes up to this one are saved.
  accept(answer, upTo) {
    this.kept = upTo;
    if (this.isDirty) this.first = Date.now();
    if (answer.state === "saved") this.took(answer);
    this.company(answer);
    if (this.failures > 0) this.say(this.words.savedAgain);
    else if (!this.savedAt) this.say(this.words.saved.replace("{when}", ago(Date.now()))); // only the first time
    this.savedAt = Date.now();
    this.failures = 0;
    if (!this.hasParted) this.trouble.hidden = true;
  }

  took({ draft, fingerprint, address, found, parted, outline }) {
    this.put("draft", draft);
    this.put("draft_fingerprint", fingerprint);
    if (outline) showOutline(outline);
    const line = document.querySelector("[data-found]");
    line.textContent = found;
    line.hidden = !found;
    // Reloading the page opens the draft again.
    if (new URLSearchParams(window.location.search).get("draft") !== String(draft)) {
      window.history.replaceState(null, "", address + window.location.hash);
    }
    if (!parted) return;
    this.hasParted = true;
    this.complain("", this.words.parted);
  }

  put(name, value) {
    let field = this.form.querySelector(`[name="${name}"]`);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      this.form.prepend(field);
    }
    field.value = value;
  }

  failed({ state, words }) {
    const reason = {
      "signed-out": this.words.signedOut,
      token: this.words.signedOut,
      "somebody-else": this.words.somebodyElse,
      refused: words || this.words.refused,
    }[state];
    this.isOver = state === "somebody-else";
    const isNew = this.failures === 0 || this.reason !== reason;
    this.failures += 1;
    this.reason = reason;
    const since = new Date(this.savedAt || this.openedAt);
    const time = since.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    const title = this.words.notSaved.replace("{time}", time);
    this.trouble.querySelector("[data-trouble-sign-in]").hidden = state !== "signed-out" && state !== "token";
    this.complain(title, reason ?? this.words.offline, isNew);
    this.later(RETRY[Math.min(this.failures, RETRY.length) - 1]);
  }

  complain(title, words, isNew = true) {
    const isTrouble = title !== "";
    this.trouble.classList.toggle("notice--error", isTrouble);
    this.trouble.querySelector("[data-trouble-title]").textContent = title || words;
    const line = this.trouble.querySelector("[data-trouble-words]");
    line.textContent = words;
    line.hidden = !isTrouble;
    this.trouble.querySelector("[data-trouble-keep]").hidden = !isTrouble;
    this.trouble.hidden = false;
    if (isNew) this.say(isTrouble ? `${title}. ${words}` : words);
  }

  retryNow() {
    if (this.failures > 0 && !this.isOver) this.save();
  }

  async post(body, isLast = false, address = this.words.save) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        body,
        cache: "no-store",
        keepalive: isLast && sizeOf(body) < KEEPALIVE,
        signal: AbortSignal.timeout(GIVE_UP),
      });
      const isOurs = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
      if (isOurs) return await answer.json();
      return { state: answer.status >= 400 && answer.status < 500 ? "refused" : "not-saved" };
    } catch {
      return { state: "not-saved" };
    }
  }

  // The whole form; for a page that is being closed only the changed fields, as the browser limits the size.
  body(isShort) {
    const data = new FormData(this.form);
    if (isShort) for (const name of unchanged(this.form)) data.delete(name);
    data.set("do", "save");
    data.set("person", this.words.person);
    return data;
  }

  // The page is hidden, and may never be shown again.
  leave() {
    if (!this.isLeaving) this.save({ isLast: true });
  }

  // A form sent by a button waits for a running save, so that it is sent with the draft that this save creates.
  submitted(event) {
    if (event.defaultPrevented) return;
    if (this.underway && !this.hasWaited) {
      event.preventDefault();
      this.hasWaited = true;
      const { submitter } = event;
      const limit = new Promise((done) => setTimeout(done, PAUSE));
      Promise.race([this.underway, limit]).then(() => this.form.requestSubmit(submitter));
      return;
    }
    // Without a connection, the browser would replace the page, and all typed text, by an error page.
    if (this.isCutOff && this.isDirty) {
      event.preventDefault();
      this.save();
      return;
    }
    this.isLeaving = true;
    clearTimeout(this.timer);
  }

  // A user who reads here is present as well; a hidden page reports nothing, and keeps no sign-in alive.
  async beat() {
    if (document.hidden || !this.isActive || this.underway || this.isDirty || this.isOver) return;
    this.isActive = false;
    const data = new FormData();
    for (const name of ["csrf_token", "base_number", "base_fingerprint"]) {
      data.set(name, this.form.querySelector(`[name=${name}]`)?.value ?? "");
    }
    data.set("person", this.words.person);
    data.set("do", "here");
    const answer = await this.post(data);
    if (answer.state === "here") this.company(answer);
  }

  // Who else is here, and whether the public text has changed meanwhile.
  company({ company, behind }) {
    for (const [name, isSo] of [["company", company], ["behind", behind]]) {
      const line = document.querySelector(`[data-${name}]`);
      if (isSo && line.hidden) this.say(line.textContent);
      line.hidden = !isSo;
    }
  }

  show() {
    const words = this.standing();
    for (const line of this.lines) {
      line.textContent = words;
      line.hidden = !words;
    }
  }

  standing() {
    if (this.failures > 0) return ""; // another message says that
    if (this.underway) return this.words.saving;
    if (this.isDirty) return this.words.unsaved;
    return this.savedAt ? this.words.saved.replace("{when}", ago(this.savedAt)) : "";
  }

  say(words) {
    this.voice.textContent = words;
  }
}

// The same words next to the buttons at the end, which stay in view where there is room.
function belowButtons(form) {
  const line = document.createElement("span");
  line.className = "soft";
  line.setAttribute("aria-hidden", "true"); // the line below the heading has the same text
  form.querySelector(".actions")?.append(line);
  return line;
}

// What is missing now; a link that has the focus keeps it.
function showOutline({ html, summary }) {
  const parts = document.querySelector("[data-outline]");
  if (!parts) return;
  const focused = parts.contains(document.activeElement) && document.activeElement.getAttribute("href");
  parts.innerHTML = html; // made by our template
  document.querySelector("[data-outline-summary]").textContent = summary;
  if (focused) parts.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function ago(moment) {
  const seconds = Math.round((Date.now() - moment) / 1000);
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  if (seconds < 5) return format.format(0, "second");
  if (seconds < 60) return format.format(-seconds, "second");
  return seconds < 3600 ? format.format(-Math.floor(seconds / 60), "minute") : format.format(-Math.floor(seconds / 3600), "hour");
}

function sizeOf(body) {
  const encoder = new TextEncoder();
  let size = 0;
  for (const [name, value] of body) size += name.length + encoder.encode(value).length + 150;
  return size;
}

// Names of the controls whose values are those of the loaded page.
function unchanged(form) {
  const names = new Map();
  for (const field of form.elements) {
    if (!OWN.test(field.name)) continue;
    names.set(field.name, (names.get(field.name) ?? true) && isAsItCame(field));
  }
  return [...names].filter(([, isSame]) => isSame).map(([name]) => name);
}

export function isAsItCame(field) {
  if (field.options) return [...field.options].every((option) => option.selected === option.defaultSelected);
  return field.value === field.defaultValue;
}
