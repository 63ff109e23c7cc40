// The filters of a search apply at once: results, their number and the counts are replaced, and the focus stays. On a
// phone the button then closes the filters. Without JavaScript the button sends the form.
import { offer } from "./collect.js";

const PARTS = ["search--heading", "search--notes", "search--facets", "search--show", "search--list"];
const part = (page, id) => page.getElementById(id);

class Filters {
  constructor(form) {
    this.form = form;
    this.sheet = form.closest("details");
    this.asked = new AbortController();
    form.addEventListener("change", (event) => event.target.type === "checkbox" && this.apply());
    form.addEventListener("submit", (event) => this.close(event));
  }

  async apply() {
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const address = `${this.form.getAttribute("action")}?${new URLSearchParams(new FormData(this.form))}`;
    try {
      const answer = await fetch(address, { signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || PARTS.some((id) => !part(page, id))) throw new Error("no results");
      this.show(page);
      history.pushState(null, "", address);
    } catch {
      if (!signal.aborted) this.form.submit();
    }
  }

  show(page) {
    const { name, value } = document.activeElement;
    const open = [...this.form.querySelectorAll("details")].filter((each) => each.open).map((each) => each.id);
    for (const id of PARTS) part(document, id).replaceWith(part(page, id));
    const words = (root) => root.querySelector("#search--filters > summary");
    words(document).replaceWith(words(page));
    for (const each of this.form.querySelectorAll("details")) each.open ||= open.includes(each.id);
    const again = name && this.form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (again) again.focus({ preventScroll: true });
    document.title = page.title;
    this.form.querySelector("[data-facets-status]").textContent = part(document, "search--heading").textContent;
    offer();
  }

  // The results are there already: close the sheet and begin to read them.
  close(event) {
    if (!this.sheet.open) return;
    event.preventDefault();
    this.sheet.open = false;
    const heading = part(document, "search--heading");
    heading.tabIndex = -1;
    heading.focus();
  }
}

for (const form of document.querySelectorAll("form[data-facets]")) new Filters(form);
// Back to a search before: the page is made again.
window.addEventListener("popstate", () => document.querySelector("form[data-facets]") && window.location.reload());
