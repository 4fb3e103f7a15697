const looksSecret =
  /^(plainKey|apiKey|accessToken|refreshToken|secret|password|clientSecret)$|_(secret|password|token)$/;

/**
 * A string property whose name says that it is a secret is marked `x-sensitive`, so that it is redacted wherever
 * something is printed.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const secretsMarked = () => ({
  Schema(schema, { report, location, resolve }) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (!looksSecret.test(name)) continue;
      const { node } = resolve(property);
      if (node?.type !== "string" || node["x-sensitive"] === true) continue;
      report({
        message: `\`${name}\` looks like a secret. Mark it \`x-sensitive: true\`, so that logs leave it out.`,
        location: location.child(["properties", name]).key(),
      });
    }
  },
});
