import { type Content, type Html, html } from "./html.js";

/** What {@link page} needs to know. */
export interface PageOptions {
  /** Text of the title bar. */
  title: string;
  /** One sentence for search engines and previews. */
  description: string;
  /** The way from the page to the root of the site: `""` or `"../"`. Relative, so that `file://` works. */
  root: string;
  /** Content-Security-Policy; no page may reach out, so each one has its own and says why. */
  policy: readonly string[];
  /** Style sheets below `assets/`. */
  styles: readonly string[];
  /** Scripts below `assets/`, run in this order once the page is parsed. */
  scripts: readonly string[];
  /** What the head says to programs, see `agents/head.ts`. */
  head?: Html;
  /** What is inside `<body>`. */
  body: Content;
}

/** The frame that every page of the site shares. */
export function page(options: PageOptions): string {
  const { title, description, root, policy, styles, scripts, head, body } = options;
  const markup: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
${head}${styles.map((file) => html`<link rel="stylesheet" href="${root}assets/${file}">\n`)}<script src="${root}assets/theme.js"></script>
${scripts.map((file) => html`<script src="${root}assets/${file}" defer></script>\n`)}</head>
<body>
${body}
</body>
</html>
`;
  return markup.toString();
}
