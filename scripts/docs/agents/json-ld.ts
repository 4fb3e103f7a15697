import type { Page } from "../content/page.js";

/** What stands in the head of a page for programs that read schema.org. */
export type Graph = Readonly<Record<string, unknown>>;

/**
 * A page in terms of https://schema.org: what it is about, where its Markdown is, and what is above it.
 *
 * @param to gives the address of another page, with its ending.
 */
export function pageGraph(page: Page, to: (address: string, ending: string) => string): Graph {
  const { address, title, description, kind, trail } = page;
  const url = to(address, ".html");
  const [api] = trail;
  const article = {
    "@type": "TechArticle",
    headline: title,
    description,
    url,
    inLanguage: "en",
    encoding: { "@type": "MediaObject", encodingFormat: "text/markdown", contentUrl: to(address, ".md") },
    ...(api ? { about: webApi(api.title, to(api.address, ".html")) } : {}),
  };
  const about = kind === "overview" ? { ...webApi(title, url), description } : article;
  return { "@context": "https://schema.org", "@graph": [about, breadcrumbs(page, to)] };
}

/**
 * An API on a page that is not made of blocks, or several.
 *
 * @param apis each with the address of its documentation.
 */
export function apisGraph(apis: readonly { title: string; description: string; url: string }[]): Graph {
  const graph = apis.map(({ title, description, url }) => ({ ...webApi(title, url), description }));
  return { "@context": "https://schema.org", "@graph": graph };
}

function webApi(name: string, documentation: string): Graph {
  return { "@type": "WebAPI", name, documentation };
}

function breadcrumbs({ address, title, trail }: Page, to: (address: string, ending: string) => string): Graph {
  const places = [{ title: "agent-apis", address: "index" }, ...trail, { title, address }];
  return {
    "@type": "BreadcrumbList",
    itemListElement: places.map((place, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name: place.title,
      item: to(place.address, ".html"),
    })),
  };
}
