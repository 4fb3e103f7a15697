/**
 * The pages for search engines (https://www.sitemaps.org), which want whole addresses.
 *
 * @param siteUrl where the site will be, with a slash at its end.
 * @param paths of the pages' HTML.
 */
export function sitemap(siteUrl: string, paths: readonly string[]): string {
  const urls = paths.map((path) => `<url><loc>${encodeURI(siteUrl + path).replaceAll("&", "&amp;")}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("")}</urlset>
`;
}
