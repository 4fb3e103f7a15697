// A button for every program text. Without scripts there is none, so that none is there that does nothing.
for (const code of document.querySelectorAll("pre > code")) {
  const pre = /** @type {HTMLElement} */ (code.parentElement);
  if (pre.classList.contains("output")) continue;
  let frame = pre.parentElement;
  if (!frame?.classList.contains("snippet")) {
    frame = document.createElement("div");
    frame.className = "snippet";
    pre.replaceWith(frame);
    frame.append(pre);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  const what = document.createElement("span");
  what.className = "unseen";
  what.textContent = ` ${frame.dataset.copy ?? "the code"}`;
  const label = ["Copy", what];
  button.append(...label);
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
    setTimeout(() => button.replaceChildren(...label), 2000);
  });
  frame.append(button);
}
