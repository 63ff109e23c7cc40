// All values of a filter, opened in its place; without script the link leads to a page that has them.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

async function open(link) {
  const answer = await fetch(link.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const all = page.querySelector("[data-values-list] > ul");
  const field = page.querySelector("[data-values-find]");
  if (!answer.ok || !all || !field) throw new Error("no values");
  const facet = link.closest("fieldset, details");
  const few = facet.querySelector("ul");
  for (const box of few.querySelectorAll("input")) {
    const same = all.querySelector(`input[value="${CSS.escape(box.value)}"]`);
    if (same) same.checked = box.checked; // ticked, but not applied yet
  }
  few.replaceWith(all);
  all.before(finder(field, all));
  link.parentElement.remove();
  facet.querySelector("[data-values-find]").focus();
}

// The field of that page, with its label for a name: what is typed into it stays here.
function finder(field, list) {
  const own = document.importNode(field, true);
  own.removeAttribute("name");
  own.removeAttribute("id");
  own.value = "";
  own.setAttribute("aria-label", own.placeholder);
  own.addEventListener("input", () => filter(list, plain(own.value).split(/\s+/)));
  own.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would apply the filters
  });
  return own;
}

// Shown is what has all words in its name or in that of a wider value, and whatever is around it.
function filter(list, words, above = "") {
  let isAny = false;
  for (const item of list.children) {
    const box = item.querySelector("input");
    const name = `${above} ${plain(item.querySelector("label > span").textContent)}`;
    const inside = item.querySelector(":scope > ul");
    const hasInside = inside ? filter(inside, words, name) : false;
    const isShown = hasInside || box.checked || words.every((word) => name.includes(word));
    item.hidden = !isShown;
    isAny ||= isShown;
  }
  return isAny;
}

for (const link of document.querySelectorAll("[data-values]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await open(link);
    } catch {
      window.location.assign(link.href);
    }
  });
}
