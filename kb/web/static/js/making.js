// Shows progress for requests that take more than a second. Without JavaScript the browser's own indicator does. A link
// with `download` and a button with `data-makes` return a file; the script notices when it has arrived.
const AFTER = 1000;
const MOST = 20000; // after this a form can be sent again: the browser does not report that the user stopped it
const words = document.body.dataset;
const busy = new WeakSet();

// A status text next to a link or button, which screen readers announce when it changes.
const sign = (target) => {
  const next = target.nextElementSibling;
  if (next?.matches("[data-sign]")) return next;
  const made = document.createElement("span");
  made.className = "soft";
  made.dataset.sign = "";
  made.setAttribute("role", "status");
  target.after(made);
  return made;
};

// Announce progress after a second, and block a second request. The returned function ends it, with a new text if
// given.
const begin = (target, text) => {
  const place = sign(target);
  busy.add(target);
  place.textContent = "";
  const timer = setTimeout(() => {
    target.setAttribute("aria-disabled", "true");
    place.textContent = text;
  }, AFTER);
  return (last = "") => {
    clearTimeout(timer);
    busy.delete(target);
    target.removeAttribute("aria-disabled");
    if (place.textContent) place.textContent = last;
  };
};

// Fetch a file and hand it to the browser; any other response is fetched again as a page.
const take = async (target, address, options, otherwise) => {
  const end = begin(target, words.makes);
  try {
    const response = await fetch(address, options);
    const name = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
    if (!response.ok || !name) throw new Error("no file");
    const file = URL.createObjectURL(await response.blob());
    const way = document.createElement("a");
    way.href = file;
    way.download = name;
    way.dataset.direct = "";
    document.body.append(way);
    way.click();
    way.remove();
    setTimeout(() => URL.revokeObjectURL(file), 60000);
    end(words.made);
  } catch {
    end();
    otherwise();
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[download]:not([data-direct])");
  if (!link || link.origin !== window.location.origin || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (!busy.has(link)) take(link, link.href, {}, () => window.location.assign(link.href));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || !button || form.method !== "post") return;
  if (busy.has(button)) {
    event.preventDefault();
  } else if ("makes" in button.dataset && !("direct" in button.dataset)) {
    event.preventDefault();
    const body = new FormData(form, button);
    take(button, button.formAction || form.action, { method: "post", body }, () => {
      button.dataset.direct = "";
      form.requestSubmit(button);
    });
  } else {
    const end = begin(button, words.works);
    setTimeout(() => end(), MOST);
    addEventListener("pageshow", () => end(), { once: true }); // the user has come back to the page
  }
});
