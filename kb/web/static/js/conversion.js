// Stores a conversion in this browser while the user works on it, and offers it again on the page of the tool.
const PREFIX = "praxis-conversion-";

const form = document.querySelector("[data-conversion]");
if (form) {
  const forget = document.querySelector("[data-forget]");
  const keep = () => {
    const entries = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const text = JSON.stringify({ entries, kept: new Date().toISOString() });
    try {
      localStorage.setItem(PREFIX + form.dataset.conversion, text);
    } catch {
      // A full or forbidden storage blocks no work: the form carries the answers.
      return;
    }
    forget.hidden = false;
    for (const told of document.querySelectorAll("[data-kept]")) told.hidden = false;
    for (const told of document.querySelectorAll("[data-not-kept]")) told.hidden = true;
  };
  form.addEventListener("input", keep);
  forget.addEventListener("click", () => {
    localStorage.removeItem(PREFIX + form.dataset.conversion);
    location.replace(forget.dataset.to);
  });
  keep();
}

const offer = document.querySelector("[data-resume]");
if (offer) {
  const name = PREFIX + offer.dataset.resume;
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(name));
  } catch {
    kept = null;
  }
  if (kept && Array.isArray(kept.entries)) {
    const target = offer.querySelector("form");
    for (const [key, value] of kept.entries) {
      if (key === "csrf_token" || key === "go") continue;
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = key;
      input.value = value;
      target.append(input);
      if (key === "step") {
        const go = input.cloneNode();
        go.name = "go";
        target.append(go);
      }
    }
    const when = offer.querySelector("[data-when]");
    when.textContent = new Date(kept.kept).toLocaleString(document.documentElement.lang);
    offer.querySelector("[data-forget]").addEventListener("click", () => {
      localStorage.removeItem(name);
      offer.hidden = true;
    });
    offer.hidden = false;
  }
}
