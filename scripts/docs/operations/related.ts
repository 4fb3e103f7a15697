import type { Operation, PlacedOperation } from "../../openapi.js";
import type { Block } from "../content/block.js";

/** The operations that have the same tag, with the neighbours of this one first. */
export function relatedBlocks(operations: readonly PlacedOperation[], { operationId, tags = [] }: Operation): Block[] {
  const group = operations.filter(({ operation }) => operation.tags?.[0] === tags[0]);
  const at = group.findIndex(({ operation }) => operation.operationId === operationId);
  const neighbours = [group[at - 1], group[at + 1]].filter((one) => one !== undefined);
  if (tags[0] === undefined || neighbours.length === 0) return [];
  const rest = group.filter((one, index) => index !== at && !neighbours.includes(one));
  return [
    { kind: "heading", depth: 2, text: `More on ${tags[0]}`, id: "related" },
    {
      kind: "entries",
      entries: [...neighbours, ...rest].map(({ operation, method, path }) => ({
        title: operation.summary ?? operation.operationId,
        href: `op:${operation.operationId}`,
        request: { method: method.toUpperCase(), path },
      })),
    },
  ];
}
