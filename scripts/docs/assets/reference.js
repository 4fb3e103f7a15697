(() => {
  /** @type {{ init(description: unknown, options: object, element: Element): { unmount(): void } } | undefined} */
  const redoc = Reflect.get(globalThis, "Redoc");
  const place = document.getElementById("redoc");
  const description = document.getElementById("description")?.textContent;
  const header = document.querySelector("header");
  if (!redoc || !place || !description || !header) {
    const fallback = document.getElementById("fallback");
    if (fallback) fallback.textContent = "The reference could not be shown. The downloads above hold the same facts.";
    return;
  }

  const start = () =>
    redoc.init(
      JSON.parse(description),
      {
        disableTelemetry: true,
        // The bundle has no references to other files, so nothing has to be fetched.
        skipBundle: true,
        sanitize: true,
        // Downloads are in the header. If Redoc knew them, it would offer to hand them to hosted chat tools.
        hideDownloadButtons: true,
        scrollYOffset: header.offsetHeight,
      },
      place,
    );

  let root = start();

  // Redoc asks the system for light or dark once. Its own switch stores a choice, and that stays.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (localStorage.getItem("redoc.colorMode")) return;
    root.unmount();
    root = start();
  });

  const openSearch = () => {
    const trigger = place.querySelector("[data-testid='search-trigger']");
    if (trigger instanceof HTMLElement) trigger.click();
  };
  const search = document.getElementById("search");
  if (search) {
    search.hidden = false;
    search.addEventListener("click", openSearch);
  }

  // Redoc lays its search over the page without saying so. Say it, and keep the tab key inside while it is open.
  new MutationObserver(() => {
    const box = document.querySelector("body > [data-testid='search-dialog']");
    const wasOpen = place.inert;
    place.inert = box !== null;
    header.inert = box !== null;
    box?.setAttribute("role", "dialog");
    box?.setAttribute("aria-modal", "true");
    box?.setAttribute("aria-label", "Search");
    box?.querySelector("input")?.setAttribute("aria-label", "Search for operations, schemas and texts");
    if (wasOpen && !box && document.activeElement === document.body) search?.focus({ preventScroll: true });
  }).observe(document.body, { childList: true });

  document.addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    openSearch();
  });

  // The part behind "#" belongs to Redoc's router, so a jump inside the page has to be made by hand.
  document.getElementById("skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    const main = place.querySelector("main");
    main?.setAttribute("tabindex", "-1");
    main?.focus();
  });
})();
