// The scripts of the editor: autosave, and updates in place of page loads. Loaded only by the editor. Its messages are
// in the page, in the reader's language.
import { Autosave } from "./autosave.js";
import { watchPreviews } from "./preview.js";
import { watchRows } from "./rows.js";
import { watchTexts } from "./texts.js";
import { addToolbars } from "./toolbar.js";

const form = document.querySelector("form[data-editor]");
if (form) {
  const words = document.querySelector("[data-words]").dataset;
  const autosave = new Autosave(form, words);
  const previews = watchPreviews(form, words);
  const begin = (within = form) => {
    addToolbars(form, words, within);
    previews.begin(within);
  };
  begin();
  watchRows(form, autosave, previews, begin);
  watchTexts(form, autosave, begin);
}
