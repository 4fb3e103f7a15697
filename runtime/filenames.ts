/**
 * The name of a file without its folders: they tell of the sender's machine, and a careless receiver might follow them.
 *
 * @returns `undefined` if there is no name that a file could have.
 * @internal
 */
export function baseName(name: string): string | undefined {
  const base = name.replace(/^.*[\\/]/s, "");
  return base === "" || base === "." || base === ".." ? undefined : base;
}
