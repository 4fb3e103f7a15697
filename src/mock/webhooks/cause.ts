/**
 * The operation that obviously causes an event, going by their names: `createMemory` for `memory.created`, `revokeApiKey`
 * for `api_key.revoked`, and the one that begins with `search` for `search.performed`.
 *
 * @returns an operationId; undefined if none has such a name, or several have.
 */
export function causeOf(event: string, operationIds: readonly string[]): string | undefined {
  const [subject = "", done = ""] = event.split(".");
  const thing = wordsOf(subject);
  const found = operationIds.filter((id) => {
    const [verb = "", ...object] = wordsOf(id);
    if (done === "performed") return verb === thing[0] && thing.length === 1;
    return participlesOf(verb).includes(done) && object.join(" ") === thing.join(" ");
  });
  return found.length === 1 ? found[0] : undefined;
}

/** `api_key`, `apiKey` and `ApiKey` are the same words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_\W]+/);
}

/** `created`, `approved`, `published`, `stopped`, `modified`. */
function participlesOf(verb: string): string[] {
  return [`${verb}d`, `${verb}ed`, `${verb}${verb.at(-1)}ed`, `${verb.slice(0, -1)}ied`];
}
