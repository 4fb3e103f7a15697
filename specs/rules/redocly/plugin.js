import { componentFile } from "./component-file.js";
import { evidence } from "./evidence.js";
import { knownExtensions } from "./known-extensions.js";
import { operationSdk } from "./operation-sdk.js";
import { paginationResolves } from "./pagination-resolves.js";
import { pathFile } from "./path-file.js";
import { secretsMarked } from "./secrets-marked.js";
import { stateResolves } from "./state-resolves.js";

/** The lint rules that every description of this project keeps, as a Redocly plugin. */
export default function plugin() {
  return {
    id: "agent-apis",
    rules: {
      oas3: {
        "component-file": componentFile,
        evidence,
        "known-extensions": knownExtensions,
        "operation-sdk": operationSdk,
        "pagination-resolves": paginationResolves,
        "path-file": pathFile,
        "secrets-marked": secretsMarked,
        "state-resolves": stateResolves,
      },
    },
  };
}
