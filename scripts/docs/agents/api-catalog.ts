import { firstServer } from "../../openapi.js";
import { relativeAddress } from "../content/links.js";
import type { DocumentedApi } from "../model.js";

/** Where the catalogue is, from the root of a host. */
export const catalogPath = ".well-known/api-catalog";

const mediaTypes: readonly [ending: string, type: string][] = [
  [".json", "application/json"],
  [".yaml", "application/yaml"],
];

/**
 * The catalogue of the site's APIs (RFC 9727) as a set of links in JSON (RFC 9264): for each API, by its base URL, the
 * descriptions for programs, the pages for people and agents, and what is known about them.
 *
 * @param siteUrl where the site will be, with a slash at its end. Without it, links are relative to the catalogue, as RFC 9264
 *   allows: the site can then be served from anywhere, but the catalogue has to be read where it is.
 */
export function apiCatalog(apis: readonly DocumentedApi[], siteUrl?: string): string {
  const to = (path: string) => (siteUrl === undefined ? relativeAddress(catalogPath, path, "") : siteUrl + path);
  const listed = apis.filter(({ document }) => firstServer(document) !== "");
  const linkset = [
    { anchor: to(catalogPath), item: listed.map(({ document }) => ({ href: firstServer(document) })) },
    ...listed.map(({ name, document, downloads }) => ({
      anchor: firstServer(document),
      "service-desc": Object.keys(downloads).flatMap((file) => {
        const type = mediaTypes.find(([ending]) => file.endsWith(ending))?.[1];
        return type ? [{ href: to(`${name}/${file}`), type, title: `${document.info.title}, ${file}` }] : [];
      }),
      "service-doc": [
        { href: to(`${name}/index.html`), type: "text/html", title: document.info.title },
        { href: to(`${name}/index.md`), type: "text/markdown", title: document.info.title },
      ],
      "service-meta": [{ href: to(`${name}/llms.txt`), type: "text/plain", title: "Every page, for agents" }],
    })),
  ];
  return `${JSON.stringify({ linkset }, null, 2)}\n`;
}
