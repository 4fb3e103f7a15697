export const preload = () => import("openapi-typescript");

/**
 * Compiles a bundle to TypeScript types with openapi-typescript.
 *
 * @param {string} _root
 * @param {string} _api
 * @param {object} document the bundle whose descriptions carry evidence and limits
 * @returns {Promise<string>}
 */
export async function run(_root, _api, document) {
  const { default: openapiTS, astToString } = await preload();
  const nodes = await openapiTS(JSON.stringify(document), {
    // A field with a default may be left out of a request; an answer's `required` says what it always has.
    defaultNonNullable: false,
    silent: true,
  });
  return astToString(nodes);
}
