// The search box of every page. The index is loaded when somebody turns to it.
(() => {
  const box = document.querySelector(".search");
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const status = document.getElementById("found");
  if (!(box instanceof HTMLElement) || !(input instanceof HTMLInputElement) || !list || !status) return;
  const { root = "", api: here = "" } = box.dataset;
  const most = 12;

  /**
   * @typedef {[address: string, title: string, method: string, path: string, api: string, kind: string, names: string,
   *   words: string]} Entry see scripts/docs/search/search-index.ts
   * @type {undefined | { prepare(index: object): object[], find(pages: object[], query: string, here: string): Entry[] }}
   */
  let rank;
  /** @type {{ apis: Record<string, string> } | undefined} */
  let index;
  /** @type {object[]} */
  let pages = [];
  let active = -1;

  /** @type {Promise<void> | undefined} */
  let loading;
  const load = () => {
    loading ??= Promise.all(["search-rank.js", "search-index.js"].map(loadScript)).then(() => {
      rank = Reflect.get(globalThis, "searchRank");
      index = Reflect.get(globalThis, "searchIndex");
      if (rank && index) pages = rank.prepare(index);
    });
    return loading;
  };

  /** @param {string} file @returns {Promise<void>} */
  const loadScript = (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}assets/${file}`;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(`${script.src} could not be loaded.`)));
      document.head.append(script);
    });

  const options = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=option]")]);

  /** @param {number} to */
  const activate = (to) => {
    const all = options();
    active = all.length === 0 ? -1 : (to + all.length) % all.length;
    for (const [at, option] of all.entries()) option.setAttribute("aria-selected", String(at === active));
    const chosen = all[active];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };

  /** @param {boolean} open */
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) activate(-1);
  };

  /** @param {string} tag @param {string} className @param {(Node | string)[]} children */
  const element = (tag, className, ...children) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  };

  /** @param {Entry} entry @param {number} at */
  const option = ([address, title, method, path, api, kind], at) => {
    const made = element("a", "result", element("span", "result-title", title));
    made.setAttribute("href", `${root}${address}.html`);
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.setAttribute("tabindex", "-1");
    made.id = `result-${at}`;
    const owner = index?.apis[api];
    const where = [owner, kind === "operation" ? "" : kind].filter(Boolean).join(" · ");
    made.append(" ", element("span", "result-where", where), " ");
    if (method) {
      made.append(
        element(
          "span",
          "request",
          element("span", `method ${method.toLowerCase()}`, method),
          " ",
          element("code", "", path),
        ),
      );
    }
    return made;
  };

  const update = () => {
    const query = input.value;
    if (query.trim() === "") {
      list.replaceChildren();
      status.textContent = "";
      show(false);
      return;
    }
    if (!rank) return;
    const found = rank.find(pages, query, here);
    list.replaceChildren(...found.slice(0, most).map(option));
    if (found.length === 0) tell(`Nothing is called “${query.trim()}” here.`);
    else status.textContent = found.length === 1 ? "1 page" : `${found.length} pages`;
    show(true);
    activate(0);
  };

  /** @param {string} text */
  const tell = (text) => {
    const line = element("p", "nothing", text);
    list.replaceChildren(line);
    status.textContent = text;
    show(true);
  };

  /** @param {number} start when the key was pressed, as `performance.now()` counts */
  const search = async (start) => {
    try {
      await load();
    } catch {
      tell("The search could not be loaded.");
      return;
    }
    update();
    list.dataset.query = input.value;
    performance.measure("search", { start });
  };

  input.addEventListener("focus", () => void load().catch(() => undefined));
  input.addEventListener("input", (event) => void search(event.timeStamp));
  input.addEventListener("focus", () => list.childElementCount > 0 && show(true));
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !box.contains(relatedTarget)) show(false);
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) update();
      else activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      options()[active]?.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) input.value = "";
      list.replaceChildren();
      show(false);
    }
  });

  // First of all listeners: Redoc has the same shortcuts for its own search.
  document.addEventListener(
    "keydown",
    (event) => {
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
      const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!isSlash && !isK) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      input.focus();
      input.select();
    },
    true,
  );
})();
