import { didYouMean } from "../../../src/cli/suggest.js";
import { readSiteLink, type SiteLink } from "../content/links.js";
import type { Page } from "../content/page.js";
import { isSafe, type SiteMap } from "../content/site-map.js";
import type { Fault, Finding } from "./finding.js";
import type { Outline, PlacedMention } from "./outline.js";

/** Every link that leads nowhere, and every image that is not there or says nothing to those who cannot see it. */
export function checkLinks(site: SiteMap, outlines: ReadonlyMap<string, Outline>): Finding[] {
  const anchors = new Map([...outlines].map(([address, outline]) => [address, new Set(outline.anchors)]));
  const check = (page: Page, mention: PlacedMention) =>
    (mention.kind === "image" ? imageFault : linkFault)(site, anchors, page, mention);
  return [...outlines].flatMap(([address, { mentions }]) => {
    const page = site.page(address);
    if (!page) return [];
    return mentions.flatMap((mention): Finding[] => {
      const fault = check(page, mention);
      const { source, line, column, origin } = mention;
      return fault ? [{ page, source, line, column, ...(origin ? { origin } : {}), ...fault }] : [];
    });
  });
}

type Anchors = ReadonlyMap<string, ReadonlySet<string>>;

function imageFault(site: SiteMap, _anchors: Anchors, page: Page, { href, label }: PlacedMention): Fault | undefined {
  if (label === "")
    return image(`The image ${href} has no text.`, "Say in the brackets what it shows: ![The three steps](…).");
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(href)) {
    return image(
      `The image ${href} is not a file of the site, which loads nothing else.`,
      "Put the file beside the guide.",
    );
  }
  const path = readSiteLink(href, page.api, page.folder)?.address ?? beside(page, href);
  if (site.files.has(path)) return undefined;
  return image(`There is no image ${href}.`, `Correct the path, or add the file.${guess(path, site.files)}`);
}

function linkFault(site: SiteMap, anchors: Anchors, page: Page, { href, label }: PlacedMention): Fault | undefined {
  if (label === "") {
    const message = `The link to ${href} has no text.`;
    return { rule: "empty-link", message, mend: "Say in the brackets where it leads." };
  }
  if (href.startsWith("#")) return anchorFault(anchors, page.address, href.slice(1));
  const link = readSiteLink(href, page.api, page.folder);
  if (link) return siteLinkFault(site, anchors, link);
  if (!isSafe(href)) {
    const scheme = href.slice(0, href.indexOf(":"));
    const mend = `Use https:, http:, mailto: or one of ${schemes.join(":, ")}:.${didYouMean(scheme, schemes)}`;
    return dead(`The address ${href} begins with something that no link of the site may begin with.`, mend);
  }
  if (/^[a-z]+:/i.test(href)) {
    return URL.canParse(href) ? undefined : dead(`The address ${href} is not a URL.`, "Correct the link.");
  }
  if (href.startsWith("/")) {
    return dead(`The address ${href} depends on where the site is.`, "Write it relative, or as page:acme/changelog.");
  }
  const path = beside(page, href);
  if (site.files.has(path) || site.has(path.replace(/\.(html|md)$/, ""))) return undefined;
  return dead(
    `There is no file ${path} on the site.`,
    `Correct the link, or add what it leads to.${guess(path, site.files)}`,
  );
}

const schemes = ["op", "error", "guide", "ref", "api", "page"];

function siteLinkFault(site: SiteMap, anchors: Anchors, link: SiteLink): Fault | undefined {
  const { address, anchor, isFile } = link;
  if (site.files.has(address)) return undefined;
  if (!isFile && site.has(address)) return anchorFault(anchors, address, anchor);
  const what = isFile ? "file" : (kinds.find(([, folder]) => address.includes(`${folder}/`))?.[0] ?? "page");
  const known = isFile ? site.files : site.pages().map((page) => page.address);
  return dead(
    `There is no ${what} ${address} on the site.`,
    `Correct the link, or add what it leads to.${guess(address, known)}`,
  );
}

const kinds = [
  ["operation", "operations"],
  ["error", "errors"],
  ["guide", "guides"],
] as const;

/** Whether a page has an anchor; of pages that a script draws nobody knows. */
function anchorFault(anchors: Anchors, address: string, anchor: string): Fault | undefined {
  const known = anchors.get(address);
  if (!known || anchor === "" || known.has(decodeURI(anchor))) return undefined;
  return {
    rule: "dead-anchor",
    message: `The page ${address} has no heading #${anchor}.`,
    mend: `Correct the anchor, which is made from the heading's words.${didYouMean(anchor, [...known])}`,
  };
}

function dead(message: string, mend: string): Fault {
  return { rule: "dead-link", message, mend };
}

function image(message: string, mend: string): Fault {
  return { rule: "image", message, mend };
}

/** An address relative to a page, from the root of the site. */
function beside(page: Page, href: string): string {
  return new URL(href, `file:///${page.address}`).pathname.slice(1);
}

/** A name in the same folder that was probably meant. */
function guess(path: string, known: Iterable<string>): string {
  const [folder, name] = split(path);
  const names = [...known].map(split).flatMap(([other, last]) => (other === folder ? [last] : []));
  return didYouMean(name, names);
}

function split(path: string): [folder: string, name: string] {
  const at = path.lastIndexOf("/") + 1;
  return [path.slice(0, at), path.slice(at)];
}
