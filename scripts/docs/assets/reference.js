(() => {
  /** @type {{ init(description: unknown, options: object, element: Element): unknown } | undefined} */
  const redoc = Reflect.get(globalThis, "Redoc");
  const place = document.getElementById("redoc");
  const description = document.getElementById("description")?.textContent;
  const header = document.querySelector("header");
  if (!redoc || !place || !description || !header) {
    const fallback = document.getElementById("fallback");
    if (fallback)
      fallback.textContent = "The reference could not be shown. The other pages of the site hold the same facts.";
    return;
  }

  redoc.init(
    JSON.parse(description),
    {
      disableTelemetry: true,
      // The bundle has no references to other files, so nothing has to be fetched.
      skipBundle: true,
      sanitize: true,
      // Downloads are links in the text. If Redoc knew them, it would offer to hand them to hosted chat tools.
      hideDownloadButtons: true,
      scrollYOffset: header.offsetHeight,
    },
    place,
  );

  // Redoc's own field, which searches schemas and texts of this page too, can only be clicked. Make it a button.
  const makeButton = (/** @type {HTMLElement} */ trigger) => {
    trigger.setAttribute("role", "button");
    trigger.setAttribute("tabindex", "0");
    trigger.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      trigger.click();
    });
  };
  const repair = () => {
    const trigger = place.querySelector("[data-testid='search-trigger']");
    if (trigger instanceof HTMLElement && !trigger.hasAttribute("role")) makeButton(trigger);
    // Its text names a shortcut that belongs to the search over all pages. The nodes are React's, and have to stay.
    const texts = [...(trigger?.querySelector("div")?.childNodes ?? [])].filter((node) => node instanceof Text);
    for (const [at, text] of texts.entries()) {
      const wanted = at === 0 ? "Search this reference" : "";
      if (text.data !== wanted) text.data = wanted;
    }
    const menu = place.querySelector(".menu-content");
    menu?.setAttribute("role", "navigation");
    menu?.setAttribute("aria-label", "This reference");
  };
  new MutationObserver(repair).observe(place, { childList: true, subtree: true, characterData: true });

  // Redoc lays its search over the page without saying so. Say it, and keep the tab key inside while it is open.
  new MutationObserver(() => {
    const box = document.querySelector("body > [data-testid='search-dialog']");
    const wasOpen = place.inert;
    place.inert = box !== null;
    header.inert = box !== null;
    box?.setAttribute("role", "dialog");
    box?.setAttribute("aria-modal", "true");
    box?.setAttribute("aria-label", "Search this reference");
    box?.querySelector("input")?.setAttribute("aria-label", "Search for operations, schemas and texts");
    const trigger = place.querySelector("[data-testid='search-trigger']");
    if (wasOpen && !box && document.activeElement === document.body && trigger instanceof HTMLElement) {
      trigger.focus({ preventScroll: true });
    }
  }).observe(document.body, { childList: true });

  // The part behind "#" belongs to Redoc's router, so a jump inside the page has to be made by hand.
  document.getElementById("skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    const main = place.querySelector("main");
    main?.setAttribute("tabindex", "-1");
    main?.focus();
  });
})();
