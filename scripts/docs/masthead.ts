import { type Content, type Html, html } from "./html.js";

export interface MastheadOptions {
  /** The way from the page to the root of the site: `""` or `"../"`. */
  readonly root: string;
  /** The folder of the API that the page belongs to: what search finds there comes first. */
  readonly api?: string | undefined;
  /** Whether the search is in the masthead; the landing page has it further down, and larger. */
  readonly search?: boolean;
  /** Folders and titles of all APIs, to go from one to another; on the landing page there are the cards. */
  readonly apis?: readonly { readonly name: string; readonly title: string }[];
  /** What this page has besides, before the switch of colors. */
  readonly tools?: Content;
}

/** What is above every page: the way home, the search, the APIs, and the switch between light and dark. */
export function masthead({ root, api, search = true, apis = [], tools }: MastheadOptions): Html {
  return html`<header class="masthead">
<a class="wordmark" href="${root}index.html">agent-apis</a>
${search && searchBox(root, api)}${
  apis.length > 1 &&
  html`<nav class="apis" aria-label="APIs"><ul>
${apis.map(
  ({
    name,
    title,
  }) => html`<li><a href="${root}${name}/index.html"${name === api && html` aria-current="true"`}>${title.replace(/ API$/, "")}</a></li>
`,
)}</ul></nav>
`
}<div class="tools">
${tools}<button type="button" class="theme scripted" id="theme" aria-label="Dark colors"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M8 1a7 7 0 1 0 0 14z"/><circle cx="8" cy="8" r="6.25"/></svg></button>
</div>
</header>`;
}

/**
 * The search over all pages of the site: a combobox with a list, as the ARIA Authoring Practices describe it, that
 * `search.js` brings to life. Without scripts it is not shown.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function searchBox(root: string, api?: string, placeholder = "Search"): Html {
  return html`<div class="search scripted" role="search" data-root="${root}"${api !== undefined && html` data-api="${api}"`}>
<input id="search" type="search" role="combobox" aria-label="Search all APIs" aria-controls="results" aria-expanded="false" aria-autocomplete="list" aria-keyshortcuts="/ Control+K Meta+K" placeholder="${placeholder}" autocomplete="off" autocapitalize="off" spellcheck="false">
<kbd aria-hidden="true">/</kbd>
<div id="results" class="results" role="listbox" aria-label="Pages that were found" hidden></div>
<p class="unseen" id="found" role="status"></p>
</div>
`;
}
