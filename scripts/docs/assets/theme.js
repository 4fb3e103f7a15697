// Runs before the first paint. Light or dark is what was chosen with the switch, or else what the system says; without
// scripts the style sheet follows the system. The choice is kept where Redoc looks for its own.
(() => {
  const key = "redoc.colorMode";
  const { classList } = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const systemMode = () => (system.matches ? "dark" : "light");
  // What needs a script is shown only where there is one.
  classList.add("scripts");

  const chosen = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage can be forbidden; then there is no choice to follow.
      return null;
    }
  };

  /** @param {string | null} mode */
  const apply = (mode) => {
    const shown = mode === "light" || mode === "dark" ? mode : systemMode();
    classList.remove("light", "dark");
    classList.add(shown);
    document.getElementById("theme")?.setAttribute("aria-pressed", String(shown === "dark"));
  };

  apply(chosen());
  system.addEventListener("change", () => apply(chosen()));

  document.addEventListener("DOMContentLoaded", () => {
    apply(chosen());
    document.getElementById("theme")?.addEventListener("click", () => {
      const mode = classList.contains("dark") ? "light" : "dark";
      try {
        // Whoever goes back to what the system says follows it again.
        if (mode === systemMode()) localStorage.removeItem(key);
        else localStorage.setItem(key, mode);
      } catch {
        // The choice holds for this page.
      }
      apply(mode);
    });
  });
})();
