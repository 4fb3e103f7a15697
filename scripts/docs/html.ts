/** Markup that is safe to put into a page as it stands: everything variable in it has been escaped. */
export class Html {
  constructor(private readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

/** What may stand between `${` and `}` in an {@link html} template. `undefined` and `false` print nothing. */
export type Content = Html | string | number | false | undefined | readonly Content[];

/**
 * Template tag that escapes every value, so that no text of a description can become markup by being forgotten.
 * Nested {@link Html} is kept as it is; lists are joined without a separator. Attribute values have to be in double
 * quotes.
 */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Html {
  let markup = literals[0] ?? "";
  for (let index = 0; index < values.length; index++) markup += print(values[index]) + (literals[index + 1] ?? "");
  return new Html(markup);
}

/**
 * A block of data in a page. Scripts of the page read it back with `JSON.parse(document.getElementById(id).textContent)`.
 * Browsers never run it, and a Content-Security-Policy without inline scripts lets it through.
 *
 * @param id the id of the element; none for what no script of the page reads.
 * @param data any value that JSON can hold.
 * @param type the media type, `application/json` or one that is built on it.
 */
export function jsonBlock(id: string | undefined, data: unknown, type = "application/json"): Html {
  // A script element ends at the first "</script", also inside a JSON string, and "<!--" changes how it is parsed.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return html`<script type="${type}"${id !== undefined && html` id="${id}"`}>${new Html(json)}</script>`;
}

function print(value: Content): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.toString();
  if (typeof value === "string" || typeof value === "number") return escapeText(String(value));
  let markup = "";
  for (const one of value) markup += print(one);
  return markup;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  // Most texts have nothing to escape.
  if (!/[&<>"']/.test(text)) return text;
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
