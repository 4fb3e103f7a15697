import { evidenceNotes } from "./decorators/evidence-notes.js";
import { limitNotes } from "./decorators/limit-notes.js";
import { openapi31 } from "./decorators/openapi-3.1.js";
import { streamItems } from "./decorators/stream-items.js";
import type { OpenApiDocument } from "./openapi.js";
import type { Api } from "./project.js";

/** One API in one document, in the forms that the later stages and the users need. */
export interface Bundle {
  /** The description as written, OpenAPI 3.2. */
  readonly document: OpenApiDocument;
  readonly yaml: string;
  readonly json: string;
  /** The same for tools that stop at OpenAPI 3.1. */
  readonly yaml31: string;
  /** With evidence and limits in the descriptions, for the JSDoc of the types. */
  readonly forTypes: OpenApiDocument;
}

/**
 * Bundles one description. It has been linted before, so that every reference resolves.
 *
 * @throws an `Error` when something cannot be expressed in OpenAPI 3.1.
 */
export async function bundle(api: Api): Promise<Bundle> {
  const { bundle, createConfig, stringifyYaml } = await import("@redocly/openapi-core");
  const { bundle: plain, problems } = await bundle({ ref: api.entry, config: await createConfig({}) });
  refuse(api, problems);
  const document = plain.parsed as OpenApiDocument;
  const decorate = async (...decorators: string[]) => {
    const config = await createConfig({
      plugins: [plugin],
      decorators: Object.fromEntries(decorators.map((name) => [`build/${name}`, "on" as const])),
    });
    // Decorators change what they are given.
    const { bundle: result, problems } = await bundle({ doc: { ...plain, parsed: structuredClone(document) }, config });
    refuse(api, problems);
    return result.parsed as OpenApiDocument;
  };
  const toYaml = (value: OpenApiDocument) => stringifyYaml(value, { lineWidth: 120, noRefs: true });
  return {
    document,
    yaml: toYaml(document),
    json: `${JSON.stringify(document, null, 2)}\n`,
    yaml31: toYaml(await decorate("stream-items", "openapi-3.1")),
    forTypes: await decorate("stream-items", "limit-notes", "evidence-notes"),
  };
}

const plugin = {
  id: "build",
  decorators: {
    oas3: {
      "evidence-notes": evidenceNotes,
      "limit-notes": limitNotes,
      // Before the one that takes out what it reads.
      "stream-items": streamItems,
      "openapi-3.1": openapi31,
    },
  },
};

function refuse(api: Api, [problem]: readonly { message: string }[]): void {
  if (problem) throw new Error(`${api.name} cannot be bundled: ${problem.message}`);
}
