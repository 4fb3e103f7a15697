/** Whether a text matches one of several globs: `*` stands for any characters, `?` for one; case counts. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => patternOf(glob).test(text));
}

function patternOf(glob: string): RegExp {
  const escaped = glob.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
