import type { Method } from "../../clients/model.js";
import type { Samples } from "../content/block.js";
import type { DocumentedApi } from "../model.js";
import { clientSample } from "./client-sample.js";
import { sampleContext } from "./context.js";
import { curlSample } from "./curl-sample.js";
import { fetchSample } from "./fetch-sample.js";
import { openapiFetchSample } from "./openapi-fetch-sample.js";

/** How an operation is called in each of the four ways, with its documented request and what comes of it. */
export function operationSamples(api: DocumentedApi, method: Method): Samples {
  const context = sampleContext(api, method);
  const { code, output } = clientSample(context);
  return {
    kind: "samples",
    label: `Calls of ${method.placed.operation.operationId}`,
    samples: [
      { name: "Client", language: "ts", code, ...(output === "" ? {} : { output: shortened(output) }) },
      { name: "curl", language: "sh", code: curlSample(context) },
      { name: "fetch", language: "ts", code: fetchSample(context) },
      { name: "openapi-fetch", language: "ts", code: openapiFetchSample(context) },
    ],
  };
}

const longest = 24;

/** The first lines of a long output; `…` stands for the rest. */
function shortened(output: string): string {
  const lines = output.trimEnd().split("\n");
  return lines.length <= longest ? output : `${lines.slice(0, longest - 1).join("\n")}\n…\n`;
}
