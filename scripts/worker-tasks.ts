import { type Breach, checkConventions, loadSpectral } from "./conventions.js";
import type { OpenApiDocument } from "./openapi.js";
import { compileTypes } from "./types.js";

/** The work that is done beside the main thread, because its libraries take longest to load. */
export const tasks = {
  conventions: (root: string, api: string, document: OpenApiDocument): Promise<Breach[]> =>
    checkConventions(root, api, document),
  types: (_root: string, api: string, document: OpenApiDocument): Promise<string> => compileTypes(api, document),
};

/** What is loaded as soon as the worker starts, while the main thread still lints. */
export const preload = {
  conventions: async () => loadSpectral(),
  types: () => import("openapi-typescript"),
};
