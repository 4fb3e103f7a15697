/** What a status asks of whoever sent the request (RFC 9110, 15.5 and 15.6; RFC 6585, 4 for 429). */
const advice: Readonly<Record<number, string>> = {
  400: "Mend the request: sent again as it is, it fails again.",
  401: "Send a credential that is valid here.",
  402: "The plan does not cover the request. It succeeds only after that has changed.",
  403: "The server has understood and refuses: another credential, a setting or another target is needed.",
  404: "Check the ids and names in the request, and whose they are.",
  409: "Read the present state, and send what fits it.",
  413: "Send less at once.",
  415: "Send the body in a media type that the operation documents.",
  416: "Ask for a range that the file has.",
  422: "Mend the request: sent again as it is, it fails again.",
  429: "Wait as long as the answer says, and send less often.",
  500: "The fault is the server's. Try a read again later; look first whether a change has taken place before you repeat it.",
  501: "This server cannot do that: its operator would have to set it up.",
  502: "Something behind the server failed. Try later.",
  503: "The server cannot answer at present. Try later.",
  504: "Something behind the server took too long. Try later.",
};

const guides: Readonly<Record<number, readonly string[]>> = {
  401: ["authentication"],
  403: ["authentication"],
  413: ["uploads"],
  429: ["rate-limits", "retries"],
};

/**
 * What to do about a status, in inline Markdown.
 *
 * @param guide finds a guide of the API: the first of some names that there is.
 */
export function adviceOn(status: number, guide: (...names: readonly string[]) => string | undefined): string {
  const text = advice[status] ?? (status < 500 ? "Mend the request." : "Try later.");
  const name = guide(...(guides[status] ?? []), "errors");
  return `${text}${name ? ` See [the guide](guide:${name}).` : ""}`;
}
