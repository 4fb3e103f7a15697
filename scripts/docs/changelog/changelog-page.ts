import { pointerTokens } from "../../openapi.js";
import type { Block } from "../content/block.js";
import type { Page } from "../content/page.js";
import type { DocumentedApi } from "../model.js";
import { type Change, compareVersions, type Impact, impacts, type ReleaseRecord } from "./record.js";

/** What the releases of a package have changed in an API. */
export interface History {
  /** The version of the package that the site belongs to. */
  readonly version: string;
  /** Its releases, the newest first. */
  readonly records: readonly ReleaseRecord[];
}

/** The page that tells what has changed in an API from release to release. */
export function changelogPage(api: DocumentedApi, { version, records }: History): Page {
  const { title } = api.document.info;
  const [newest] = records;
  const isUnreleased = newest === undefined || compareVersions(version, newest.version) > 0;
  return {
    address: `${api.name}/changelog`,
    kind: "changelog",
    api: api.name,
    title: "Changelog",
    description: `What each release of agent-apis has changed in the description of the ${title}.`,
    keywords: ["changes", "versions", "releases"],
    trail: [{ title, address: `${api.name}/index` }],
    blocks: [
      { kind: "prose", markdown: intro },
      ...(isUnreleased ? unreleased(version, newest) : []),
      ...records.flatMap((record) => releaseBlocks(api, record)),
    ],
  };
}

const intro = `The versions are those of the package. \`redocly diff\` compares the description with that of the release before, and rates
each change: *major* can break a program, *minor* adds something, *patch* does neither.`;

const meanings: Readonly<Record<Impact, string>> = {
  major: "Changes that can break a program",
  minor: "Additions",
  patch: "Other changes",
};

function unreleased(version: string, newest: ReleaseRecord | undefined): Block[] {
  const since = newest
    ? `It has not been released. What it changes since ${newest.version} is recorded when it is.`
    : "It has not been released, and it will be the first release: changes are counted from then on.";
  return [
    { kind: "heading", depth: 2, text: `${version}, not released yet`, id: `v${version}` },
    { kind: "prose", markdown: since },
  ];
}

function releaseBlocks(api: DocumentedApi, { version, date, previous, bump, changes }: ReleaseRecord): Block[] {
  const verdict =
    previous === undefined
      ? "The first release with this API."
      : bump === undefined
        ? `Nothing has changed since ${previous}.`
        : `**${bump[0]?.toUpperCase()}${bump.slice(1)}**, compared with ${previous}: ${countsOf(changes)}.`;
  return [
    { kind: "heading", depth: 2, text: `${version}, ${date}`, id: `v${version}` },
    { kind: "prose", markdown: verdict },
    ...impacts.flatMap((impact): Block[] => {
      const found = changes.filter((change) => change.impact === impact);
      if (found.length === 0) return [];
      const list: Block = { kind: "prose", markdown: found.map((change) => `- ${sentence(api, change)}`).join("\n") };
      // Most of them are wordings.
      if (impact === "patch")
        return [{ kind: "fold", summary: `${meanings[impact]} (${found.length})`, blocks: [list] }];
      return [{ kind: "heading", depth: 3, text: meanings[impact], id: `v${version}-${impact}` }, list];
    }),
  ];
}

function countsOf(changes: readonly Change[]): string {
  return impacts
    .map((impact) => ({ impact, count: changes.filter((change) => change.impact === impact).length }))
    .filter(({ count }) => count > 0)
    .map(({ impact, count }) => `${count} ${impact}`)
    .join(", ");
}

function sentence(api: DocumentedApi, change: Change): string {
  const { kind, property, messages, before, after, pointer } = change;
  const what = property === undefined ? nameOf(change) : `${code(property)} of ${nameOf(change)}`;
  const values = [before && `from ${code(before)}`, after && `to ${code(after)}`].filter(Boolean).join(" ");
  const told =
    messages.join(" ") || `${what} was ${kind === "modified" ? "changed" : kind}${property ? ` ${values}` : ""}.`;
  return `${told.replace(/ \.$/, ".")} ${operationLink(api, change)}At ${code(pointer)}.`;
}

/** What kind of thing has changed, and its name if it has one. */
function nameOf({ type, property, pointer }: Change): string {
  const tokens = pointerTokens(pointer.slice(1));
  const own = property !== undefined && tokens.at(-1) === property ? tokens.slice(0, -1) : tokens;
  const name = own.at(-1);
  const kind = type === "PathItem" ? "Path" : type;
  return name === undefined || /^\d+$/.test(name) ? kind : `${kind} ${code(name)}`;
}

/** The operation in which a change shows first, if it is still there. */
function operationLink({ document }: DocumentedApi, { path }: Change): string {
  const [section, at = "", method = ""] = pointerTokens(path.slice(1));
  if (section !== "paths") return "";
  const item = document.paths?.[at] as Record<string, { operationId?: string; summary?: string }> | undefined;
  const operation = Object.hasOwn(item ?? {}, method) ? item?.[method] : undefined;
  if (!operation?.operationId) return "";
  return `In [${(operation.summary ?? operation.operationId).replace(/[[\]]/g, "\\$&")}](op:${operation.operationId}). `;
}

/** A code span that holds any text. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}
