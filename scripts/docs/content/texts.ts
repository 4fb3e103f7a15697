import type { Block, Entry, Field, Origin } from "./block.js";

/** A piece of Markdown on a page. */
export interface Text {
  readonly markdown: string;
  /** Where all of it leads, if it is a link that is not written in Markdown. */
  readonly href?: string;
  /** Where it was written, if not in a description. */
  readonly origin?: Origin;
}

/** Every piece of Markdown of some blocks, in the order of the page. */
export function textsOf(blocks: readonly Block[]): Text[] {
  return blocks.flatMap(textsOfBlock);
}

function textsOfBlock(block: Block): Text[] {
  switch (block.kind) {
    case "heading":
      return [{ markdown: block.text }];
    case "prose":
    case "notice":
      return [{ markdown: block.markdown, ...(block.origin ? { origin: block.origin } : {}) }];
    case "code":
      return block.title === undefined ? [] : [{ markdown: block.title }];
    case "samples":
    case "shares":
      return [];
    case "facts":
      return block.facts.map(([, markdown]) => ({ markdown }));
    case "entries":
      return block.entries.flatMap(textsOfEntry);
    case "fields":
      return block.fields.flatMap(textsOfField);
    case "table":
      return [block.head, ...block.rows].flat().map((markdown) => ({ markdown }));
    case "fold":
      return [{ markdown: block.summary }, ...textsOf(block.blocks)];
  }
}

function textsOfEntry({ title, href, description }: Entry): Text[] {
  return [{ markdown: title, href }, { markdown: description ?? "" }];
}

function textsOfField({ description, notes, fields }: Field): Text[] {
  return [description, ...notes].map((markdown): Text => ({ markdown })).concat(fields.flatMap(textsOfField));
}
