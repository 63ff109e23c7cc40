// Shows all values of a filter in place, those of a filter without any when it is opened. Without JavaScript the link
// leads to a page with them.

const FEW = 10; // values that need no field to find one of them
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

async function load(link) {
  const answer = await fetch(link.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const all = page.querySelector("[data-values-list] > ul");
  const field = page.querySelector("[data-values-find]");
  if (!answer.ok || !all || !field) throw new Error("no values");
  const facet = link.closest("details");
  const few = facet.querySelector("ul");
  for (const box of few ? few.querySelectorAll("input") : []) {
    const same = all.querySelector(`input[value="${CSS.escape(box.value)}"]`);
    if (same) same.checked = box.checked; // checked, but not applied yet
  }
  if (few) few.replaceWith(all);
  else link.parentElement.before(group(facet, all));
  if (all.querySelectorAll("input").length > FEW) all.before(...finder(field, all));
  link.parentElement.remove();
}

// A group of checkboxes named by the heading of its filter.
function group(facet, list) {
  const own = document.createElement("fieldset");
  own.setAttribute("aria-labelledby", facet.querySelector("summary span").id);
  own.append(list);
  return own;
}

// The filter field of that page, with its label as its name, and a line that says when nothing matches. Typed text
// stays here.
function finder(field, list) {
  const own = document.importNode(field, true);
  own.removeAttribute("name");
  own.removeAttribute("id");
  own.value = "";
  own.setAttribute("aria-label", own.placeholder);
  const status = document.createElement("p");
  status.className = "soft";
  status.setAttribute("role", "status");
  own.addEventListener("input", () => {
    status.textContent = filter(list, plain(own.value).split(/\s+/)) ? "" : own.dataset.valuesNone;
  });
  own.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would apply the filters
  });
  return [own, status];
}

// Shows values that contain all words in their own name or that of a wider value, checked values, and the parents of
// both. Returns whether any value contains the words.
function filter(list, words, above = "") {
  let isAny = false;
  for (const item of list.children) {
    const name = `${above} ${plain(item.querySelector("label > span").textContent)}`;
    const inside = item.querySelector(":scope > ul");
    const fits = [words.every((word) => name.includes(word)), inside && filter(inside, words, name)].some(Boolean);
    item.hidden = !fits && !item.querySelector(":checked");
    isAny ||= fits;
  }
  return isAny;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-values]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const facet = link.closest("details");
  try {
    await load(link);
    facet.querySelector("[data-values-find], input").focus();
  } catch {
    window.location.assign(link.href);
  }
});

// "toggle" does not bubble. If the values cannot be loaded, the link to them stays.
document.addEventListener(
  "toggle",
  (event) => {
    const facet = event.target;
    const link = facet.open && !facet.querySelector("input") && facet.querySelector(":scope > p > [data-values]");
    if (link) load(link).catch(() => {});
  },
  true,
);
