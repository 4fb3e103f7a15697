import { resolve } from "node:path";
import { main, readArguments, UsageError } from "./arguments.js";
import { findApis, projectRoot } from "./project.js";
import { runBuild } from "./run.js";

const usage = `Usage: npm run build [-- [api ...] [options]]

Lints and bundles the descriptions and compiles types and clients.

  --check        write nothing; fail if generated/ is not what the sources make
  --docs         make the documentation in generated/docs too
  --site-url URL where the documentation will be, for what needs whole addresses:
                 canonical links, the catalogue of APIs, a sitemap; needs --docs
  --root FOLDER  the folder with specs/ and generated/ (default: this project)
  --help         print this
`;

await main(usage, async () => {
  const parsed = readArguments(usage, {
    check: { type: "boolean" },
    docs: { type: "boolean" },
    "site-url": { type: "string" },
    root: { type: "string" },
  });
  if (!parsed) return;
  const { values, positionals } = parsed;
  const root = resolve(values.root ?? projectRoot);
  const apis = await findApis(root, positionals).catch((error: Error) => {
    throw new UsageError(error.message);
  });
  if (values.docs && positionals.length > 0)
    throw new UsageError("--docs makes the whole site; leave the API names out.");
  if (values.docs && values.check) throw new UsageError("--check writes nothing; leave --docs out.");
  if (values["site-url"] !== undefined && !values.docs) throw new UsageError("--site-url needs --docs.");
  const result = await runBuild(
    { root, apis: positionals.length > 0 ? apis.map(({ name }) => name) : [], check: values.check ?? false },
    values.docs
      ? { siteUrl: values["site-url"] === undefined ? undefined : parseSiteUrl(values["site-url"]) }
      : undefined,
  );
  if (!result) {
    process.exitCode = 1;
  } else if (values.check && result.differences.length > 0) {
    const lines = result.differences.map(({ path, kind }) => `  generated/${path}: ${kind}`);
    process.stderr.write(
      `\ngenerated/ is not what the sources make:\n${lines.join("\n")}\nRun \`npm run build\` and commit the result.\n`,
    );
    process.exitCode = 1;
  }
});

/** With a slash at its end, so that addresses can be put behind it. */
function parseSiteUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new UsageError(`"${text}" is no address of a site; give one like https://docs.example.com/apis/.`);
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
