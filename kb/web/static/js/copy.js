// Copies the address of this page (or the one that the button names), or prints it. Both buttons are shown only in
// browsers that support them.

for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.parentElement.querySelector("[role=status]");
    const address = new URL(button.dataset.copyLink || window.location.href);
    if (!button.dataset.copyLink) address.hash = "";
    try {
      await navigator.clipboard.writeText(address.href);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = button.dataset.failed;
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
