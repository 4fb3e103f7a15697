import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { main, readArguments, UsageError } from "./arguments.js";
import { compareDescriptions } from "./docs/changelog/diff.js";
import { type EarlierRelease, withEarlierRelease } from "./docs/changelog/earlier-release.js";
import { type Impact, impacts, type ReleaseRecord, raisedPart } from "./docs/changelog/record.js";
import { findApis, projectRoot } from "./project.js";
import { table } from "./terminal.js";

const usage = `Usage: npm run changes -- --from WHERE [--version X.Y.Z]
       npm run changes -- --first --version X.Y.Z

Compares the descriptions in generated/ with those of an earlier release by
\`redocly diff\`, and says which part of the version has to be raised.

  --from WHERE     the earlier release: a revision of git such as v0.1.0, a
                   folder, or a tarball of the package
  --version X.Y.Z  saves the result in docs/changes/, from which the changelog
                   of the documentation is made
  --first          there is no earlier release
  --root FOLDER    the folder with generated/ (default: this project)
  --help           print this
`;

await main(usage, async () => {
  const parsed = readArguments(usage, {
    from: { type: "string" },
    version: { type: "string" },
    first: { type: "boolean" },
    root: { type: "string" },
  });
  if (!parsed) return;
  const { from, version, first } = parsed.values;
  const root = resolve(parsed.values.root ?? projectRoot);
  if ((from === undefined) === !first) throw new UsageError("Say with --from what to compare with, or else --first.");
  if (first && version === undefined) throw new UsageError("--first needs --version.");
  if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new UsageError(`"${version}" is no version; give three numbers, as in 1.2.0.`);
  }
  const records =
    from === undefined
      ? await compare(root)
      : await withEarlierRelease(root, from, (release) => compare(root, release));
  const needed = impacts.find((impact) => records.some(({ bump }) => bump === impact));
  report(records, needed);
  if (version === undefined) return;
  refuseTooSmall(records[0]?.previous, version, needed);
  await save(root, version, records);
});

type Compared = Omit<ReleaseRecord, "version" | "date"> & { readonly api: string };

async function compare(root: string, release?: EarlierRelease): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const { name } of await findApis(root)) {
    const before = await release?.description(name);
    if (release === undefined || before === undefined) compared.push({ api: name, changes: [] });
    else {
      const after = await readFile(join(root, "generated", name, "openapi.yaml"), "utf8");
      compared.push({ api: name, previous: release.version, ...(await compareDescriptions(before, after)) });
    }
  }
  return compared;
}

function report(records: readonly Compared[], needed: Impact | undefined): void {
  const rows = records.map(({ api, previous, bump, changes }) => [
    api,
    ...impacts.map((impact) => String(changes.filter((change) => change.impact === impact).length)),
    previous === undefined ? "first release" : (bump ?? "unchanged"),
  ]);
  process.stdout.write(`${table([["API", ...impacts, "verdict"], ...rows], [1, 2, 3])}\n`);
  if (needed) process.stdout.write(`\nThe package's next version has to raise at least: ${needed}\n`);
}

/** Below 1.0.0 anything may change (https://semver.org, item 4); a raised version is asked for nevertheless. */
function refuseTooSmall(previous: string | undefined, version: string, needed: Impact | undefined): void {
  if (previous === undefined) return;
  const raised = raisedPart(previous, version);
  if (raised === undefined) throw new UsageError(`${version} does not come after ${previous}.`);
  if (needed === undefined || version.startsWith("0.") || impacts.indexOf(raised) <= impacts.indexOf(needed)) return;
  throw new UsageError(
    `The changes ask for a ${needed} version; ${version} raises only the ${raised} part of ${previous}.`,
  );
}

async function save(root: string, version: string, records: readonly Compared[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  for (const { api, ...compared } of records) {
    const file = join(root, "docs", "changes", api, `${version}.json`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify({ version, date, ...compared } satisfies ReleaseRecord, null, 2)}\n`);
    process.stdout.write(`${relative(root, file)}\n`);
  }
}
