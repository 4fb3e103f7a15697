import type { BuildOptions } from "esbuild";
import sizeLimit from "size-limit";

/** A program of one client and one call. */
interface Program {
  readonly api: string;
  readonly className: string;
  readonly code: string;
  /** How large it may become, in bytes: with all that it imports, minified and compressed by gzip. */
  readonly budget?: number;
}

/** One for each API. */
export const programs: readonly Program[] = [
  oneCall("herobrain", "HeroBrain", '{ apiKey: "x" }', 'memories.get("m")', 16_000),
  oneCall("hero", "Hero", '{ apiKey: "x" }', "workspaces.getDefault()", 19_000),
  oneCall("heycmo", "HeyCMO", '{ apiKey: "x" }', "health.check()", 19_000),
  oneCall("hermes", "Hermes", '{ password: "x" }', 'sessions.get({ session_id: "s" })', 23_500),
];

function oneCall(api: string, className: string, options: string, call: string, budget?: number): Program {
  const code = `import { ${className} } from "agent-apis/${api}";
const client = new ${className}(${options});
console.log(await client.${call});
`;
  return { api, className, code, ...(budget === undefined ? {} : { budget }) };
}

/** A size as size-limit writes it: a kilobyte is 1,000 bytes. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(2)} kB`;
}

/**
 * The size of a program in bytes, as size-limit measures it: bundled and minified by esbuild, compressed by gzip, less what
 * an empty program takes.
 *
 * @param entry the program's file. Packages are looked for from its folder on.
 */
export async function measureSize(entry: string): Promise<number> {
  const check = {
    files: [entry],
    gzip: true,
    // Without a format esbuild writes a script, which cannot await.
    modifyEsbuildConfig: (options: BuildOptions): BuildOptions => ({ ...options, format: "esm" }),
  };
  // They come without types.
  const plugins = ["@size-limit/esbuild", "@size-limit/file"].map(async (name) => (await import(name)).default);
  const [result] = (await sizeLimit(await Promise.all(plugins), { checks: [check] })) as { size: number }[];
  if (!result) throw new Error(`size-limit did not measure ${entry}.`);
  return result.size;
}
