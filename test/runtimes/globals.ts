import { build } from "esbuild";
import ts from "typescript";
import type { Project } from "./packed.js";

/**
 * Bundles a module of the project for runtimes that cannot look up packages.
 *
 * @param code the module.
 * @returns one module that imports nothing.
 */
export async function bundle({ folder }: Project, code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder, sourcefile: "entry.mjs" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/** The names that the package looks up in the global scope. */
export async function findGlobals(project: Project): Promise<string[]> {
  const text = await bundle(project, 'export * from "./clients.mjs";');
  const file = ts.createSourceFile("bundle.js", text, ts.ScriptTarget.Latest, true);
  // Without the libraries' declarations, every name that is not declared in the bundle itself is an error.
  const options = { allowJs: true, checkJs: true, noLib: true, noEmit: true, types: [] };
  const host = ts.createCompilerHost(options);
  host.getSourceFile = (name) => (name === file.fileName ? file : undefined);
  const errors = ts.createProgram([file.fileName], options, host).getSemanticDiagnostics(file);
  const free = errors.flatMap(({ messageText }) => {
    const name = /^Cannot find name '(\w+)'/.exec(ts.flattenDiagnosticMessageText(messageText, "\n"))?.[1];
    return name === undefined ? [] : [name];
  });
  const members = [...text.matchAll(/\bglobalThis\.(\w+)(?![\w?])/g)].map(([, name = ""]) => name);
  // A name that is asked for by `typeof` first may be missing.
  const isNeeded = (name: string) => !new RegExp(`\\btypeof ${name}\\b`).test(text);
  return [...new Set([...free, ...members])].filter(isNeeded).sort();
}
