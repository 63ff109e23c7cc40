// What takes more than a second says that it is being done. Without script the browser's own sign says so.
// A link with `download` and a button with `data-makes` give a file, of which the page learns when it has come.
const AFTER = 1000;
const MOST = 20000; // after which a form can be sent once more: who has stopped it gets no sign of that
const words = document.body.dataset;
const busy = new WeakSet();

// Words beside a link or button, which are read aloud when they change.
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

// Say so after a second, and let nobody ask twice; what is returned ends it, with other words where any were said.
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

// Fetch a file and hand it to the browser; anything else that comes back is fetched again as a page.
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
    addEventListener("pageshow", () => end(), { once: true }); // somebody has come back to the page
  }
});
