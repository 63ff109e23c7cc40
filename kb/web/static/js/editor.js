// The scripts of the editor: autosave, and updates in place of page loads. Loaded only by the editor. Its messages are
// in the page, in the reader's language.
import { Autosave } from "./autosave.js";
import { beginFields, watchFields } from "./fields.js";
import { PictureDialog } from "./picture_dialog.js";
import { watchPreviews } from "./preview.js";
import { watchLeftOut, watchRows } from "./rows.js";
import { SourceDialog } from "./source_dialog.js";
import { watchTexts } from "./texts.js";
import { addToolbars } from "./toolbar.js";

const form = document.querySelector("form[data-editor]");
if (form) {
  const words = document.querySelector("[data-words]").dataset;
  const autosave = new Autosave(form, words);
  const previews = watchPreviews(form, words);
  const begin = (within = form) => {
    addToolbars(form, words, dialogs, within);
    beginFields(within, words);
    previews.begin(within);
  };
  const dialogs = { source: new SourceDialog(form, words, autosave, begin), picture: new PictureDialog(form, words, autosave) };
  begin();
  watchFields(form);
  watchLeftOut(form, words, (row) => beginFields(row, words));
  watchRows(form, autosave, previews, begin);
  watchTexts(form, autosave, begin);
}
