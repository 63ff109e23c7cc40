// Shows translations of similar texts below the original, fetched when the translator asks for them. Without script the
// link opens their page.

export function watchMemory(form, words) {
  form.addEventListener("click", (event) => {
    const ask = event.target.closest?.('button[value^="propose:"]');
    const link = event.target.closest?.("a[data-memory]");
    const use = event.target.closest?.("[data-use] button");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      toggle(link);
    } else if (use) {
      take(use);
    } else if (ask && !ask.dataset.plain) {
      event.preventDefault();
      propose(form, ask, words);
    }
  });
}

async function toggle(link) {
  const id = `${link.closest("[data-segment]").getAttribute("aria-labelledby")}--memory`;
  const open = document.getElementById(id);
  link.setAttribute("aria-expanded", String(!open));
  if (open) {
    open.remove();
    return;
  }
  const region = document.createElement("div");
  region.id = id;
  region.setAttribute("role", "status");
  link.parentElement.after(region);
  try {
    const answer = await fetch(link.href, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    region.append(...page.querySelector("[data-matches]").childNodes);
    for (const each of region.querySelectorAll("[data-use]")) each.hidden = false;
    for (const each of region.querySelectorAll("a")) each.target = "_blank";
  } catch {
    region.remove();
    link.setAttribute("aria-expanded", "false");
    window.open(link.href, "_blank", "noopener"); // the page says what is wrong
  }
}

// A machine needs some seconds. If the site does not answer, the button sends the form, as without script.
async function propose(form, button, words) {
  const section = button.closest("[data-segment]");
  const data = new FormData();
  data.set("csrf_token", form.querySelector("[name=csrf_token]").value);
  data.set("name", button.value.replace("propose:", ""));
  button.disabled = true;
  try {
    const answer = await fetch(words.propose, { method: "POST", body: data, cache: "no-store" });
    const { html } = await answer.json();
    const made = new DOMParser().parseFromString(html, "text/html").querySelector("[data-proposal]");
    for (const each of made.querySelectorAll("[data-use]")) each.hidden = false;
    section.querySelector("[data-proposal]")?.remove();
    button.parentElement.after(made);
    button.disabled = false;
  } catch {
    button.disabled = false;
    button.dataset.plain = "true";
    button.click();
  }
}

function take(button) {
  const area = button.closest("[data-segment]").querySelector("textarea");
  area.value = button.closest("li, [data-proposal]").querySelector("[data-target]").textContent;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}
