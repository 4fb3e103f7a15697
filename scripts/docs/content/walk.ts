/** A node of a tree of Markdown or HTML. */
interface Tree {
  readonly type: string;
}

/**
 * Shows every node of a tree, the outer before the inner, with where it is. unist-util-visit does so too, but for the many
 * small trees of a site it takes as long as parsing them.
 */
export function walk<Node extends Tree>(
  node: Node,
  see: (node: Node, index: number, parent: { children: Node[] } | undefined) => void,
  index = 0,
  parent?: { children: Node[] },
): void {
  see(node, index, parent);
  const { children } = node as { children?: Node[] };
  if (children) for (const [at, child] of children.entries()) walk(child, see, at, { children });
}
