for (const button of document.querySelectorAll("button.copy")) {
  const code = button.parentElement?.querySelector("code");
  if (!(button instanceof HTMLButtonElement) || !code) continue;
  const label = button.innerHTML;
  button.hidden = false;
  // So that a screen reader says that it worked.
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      button.textContent = "Copied";
    } catch {
      // Pages from some places may not write to the clipboard: leave the text selected for the keyboard.
      getSelection()?.selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => {
      button.innerHTML = label;
    }, 2000);
  });
}
