// Shows translations of similar texts below the original, fetched when the translator asks for them. Without script the
// link opens their page.

export function watchMemory(form) {
  form.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-memory]");
    const use = event.target.closest?.("[data-use] button");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      toggle(link);
    } else if (use) {
      take(use);
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

function take(button) {
  const area = button.closest("[data-segment]").querySelector("textarea");
  area.value = button.closest("li").querySelector("[data-target]").textContent;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}
