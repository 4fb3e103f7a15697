import { highlighted } from "../content/highlight.js";
import { type Html, html } from "../html.js";
import type { DocumentedApi } from "../model.js";

/**
 * What the three kinds of user start with, each with something to copy.
 *
 * @param apis every API of the site; the samples name those that are there.
 */
export function waysIn(apis: readonly DocumentedApi[]): Html[] {
  const imports = apis.flatMap(({ name, document }) => {
    const client = document["x-client"]?.name;
    return client === undefined ? [] : [`import { ${client} } from "agent-apis/${name}";`];
  });
  const [first] = apis;
  const description = first && `import description from "agent-apis/${first.name}/openapi.json" with { type: "json" };`;
  return [
    way("Import a client", "Named methods, typed answers and errors, retries that only repeat what is safe.", imports),
    way(
      "Read",
      "The references above, with search, or the descriptions themselves in a program.",
      description === undefined ? [] : [description],
    ),
    way("Test a server", "Every API on one local port, answering from the examples of its description.", [
      "npx agent-apis mock",
    ]),
  ];
}

function way(title: string, text: string, lines: readonly string[]): Html {
  return html`<article class="way">
<div>
<h3>${title}</h3>
<p>${text}</p>
</div>
${lines.length > 0 && snippet(title, lines.join("\n"))}</article>
`;
}

function snippet(title: string, code: string): Html {
  return html`<div class="snippet" data-copy="the code of “${title}”"><pre tabindex="0"><code>${highlighted(code, "typescript")}</code></pre></div>
`;
}
