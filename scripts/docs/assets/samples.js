// Whoever wants curl once wants it everywhere: the kind of sample that was chosen last is shown on every page.
(() => {
  const key = "samples";
  const buttons = () =>
    /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".samples > input[type=radio]"));

  /** @param {string | null} name */
  const choose = (name) => {
    for (const button of buttons()) if (button.value === name) button.checked = true;
  };

  try {
    choose(localStorage.getItem(key));
  } catch {
    // Storage can be forbidden; then every page starts with the first.
  }
  for (const button of buttons()) {
    button.addEventListener("change", () => {
      choose(button.value);
      try {
        localStorage.setItem(key, button.value);
      } catch {
        // As above.
      }
    });
  }
})();
