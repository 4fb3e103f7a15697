/** @throws a `TypeError` for what cannot stand before a path. @internal */
export function checkBaseUrl(given: string | URL): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  // The URL is not repeated, since it may have a password in it.
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new TypeError("baseUrl must be an absolute http or https URL without user, query and fragment.");
  }
  return url;
}
