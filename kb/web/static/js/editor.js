// The editor with script: saves while somebody types, and shortens the ways that its buttons go by themselves.
// Loaded by the editor alone. What it says stands in the page, in the reader's language.
import { Autosave } from "./autosave.js";
import { watchPreviews } from "./preview.js";
import { watchRows } from "./rows.js";
import { addToolbars } from "./toolbar.js";

const form = document.querySelector("form[data-editor]");
if (form) {
  const words = document.querySelector("[data-words]").dataset;
  const autosave = new Autosave(form, words);
  const previews = watchPreviews(form, words);
  const begin = () => {
    addToolbars(form, words);
    previews.begin();
  };
  begin();
  watchRows(form, autosave, previews, begin);
}
