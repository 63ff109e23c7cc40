// Saves one text of a translation without a page load: only what was typed is sent, and the answer holds the new state
// of the text. The focus goes on at once. On any failure the autosave says so and tries again with the whole form.
import { OWN, isAsItCame } from "./autosave.js";
import { watchMemory } from "./memory.js";

const VERBS = /^(?:next|read|still):(.+)$/;
const CARRIED = ["csrf_token", "base_number", "base_fingerprint", "draft", "draft_fingerprint", "note", "show", "page", "beside"];

export function watchTexts(form, autosave, begin) {
  if (!form.querySelector("[data-translating]")) return;
  watchMemory(form, autosave.words);
  form.addEventListener(
    "submit",
    (event) => {
      const button = event.submitter;
      const section = button?.closest("[data-segment]");
      if (!section || !VERBS.test(button.value)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const next = nextOpen(form, section);
      if (next) focus(next);
      autosave.saveBy(() => save(form, autosave, begin, { section, verb: button.value, hasMoved: Boolean(next) }));
    },
    { capture: true },
  );
}

async function save(form, autosave, begin, { section, verb, hasMoved }, isSecond = false) {
  const upTo = autosave.typed;
  const sent = changed(form, section);
  const answer = await autosave.ask(() => body(form, autosave, sent, verb), autosave.words.text);
  if (answer.state === "whole" && !isSecond) {
    await autosave.send();
    if (autosave.failures > 0) return;
    await save(form, autosave, begin, { section, verb, hasMoved }, true);
    return;
  }
  if (answer.state !== "saved" && answer.state !== "same") {
    autosave.changed(); // it is tried again, even if nothing was typed
    autosave.failed(answer);
    return;
  }
  autosave.accept(answer, upTo);
  // The base of the next save of the whole form is the saved text.
  form.querySelector('[name="text"]').value = answer.text;
  const isTypedOn = [...sent].some(([field, value]) => section.contains(field) && field.value !== value);
  for (const [field, value] of sent) field.defaultValue = value;
  put(form, section, answer.html, begin, !isTypedOn);
  if (hasMoved) return;
  const place = document.getElementById(answer.next);
  const next = segmentOf(place);
  if (next) focus(next);
  else if (place) place.scrollIntoView({ block: "start" }); // all is done
  else leaveFor(answer.next_address, autosave);
}

// The controls of the text, and all others that were changed since they were saved.
function changed(form, section) {
  const fields = [...form.elements].filter((field) => OWN.test(field.name));
  return new Map(fields.filter((field) => section.contains(field) || !isAsItCame(field)).map((field) => [field, field.value]));
}

function body(form, autosave, sent, verb) {
  const data = new FormData();
  for (const name of CARRIED) {
    const field = form.querySelector(`[name="${name}"]`);
    if (field) data.set(name, field.value);
  }
  for (const [field, value] of sent) data.set(field.name, value);
  for (const field of form.querySelectorAll('[name^="p."]')) data.set(field.name, field.value);
  data.set("person", autosave.words.person);
  data.set("do", verb);
  return data;
}

// Puts the saved text and the progress into the page; a text that is still typed in stays.
function put(form, section, html, begin, isWhole) {
  const made = new DOMParser().parseFromString(html, "text/html");
  for (const symbol of made.querySelectorAll(".sprite symbol[id]")) {
    if (!document.getElementById(symbol.id)) document.querySelector(".sprite").append(symbol);
  }
  form.querySelector("[data-progress]").replaceWith(made.querySelector("[data-progress]"));
  const text = made.querySelector("[data-segment]");
  if (!text || !isWhole) return;
  const hasFocus = section.contains(document.activeElement);
  text.querySelector("[name=pick]").checked = section.querySelector("[name=pick]").checked;
  section.replaceWith(text);
  begin(text);
  if (hasFocus) text.querySelector("textarea").focus({ preventScroll: true });
}

function nextOpen(form, section) {
  const all = [...form.querySelectorAll("[data-segment]")];
  return all.slice(all.indexOf(section) + 1).find((each) => "open" in each.dataset);
}

async function leaveFor(address, autosave) {
  while (autosave.underway) await autosave.underway;
  if (autosave.isDirty) await autosave.save();
  if (autosave.isDirty) return; // the autosave says what is wrong
  autosave.isLeaving = true;
  const here = window.location.pathname + window.location.search;
  window.location.assign(address);
  if (here === window.location.pathname + window.location.search && address.startsWith(here)) window.location.reload();
}

function segmentOf(element) {
  return element?.closest("[data-segment]");
}

function focus(section) {
  section.querySelector("textarea").focus({ preventScroll: true });
  section.scrollIntoView({ block: "start" });
}
