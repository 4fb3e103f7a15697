import { relative } from "node:path";
import ts from "typescript";
import { makeFolder, root } from "./folder.js";
import { fileNameOf } from "./modules.js";
import type { Sample } from "./sample.js";

/** The compiler as a strict project of a user's sets it. */
const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
  typeRoots: [`${root}/node_modules/@types`],
};

/**
 * Checks the types of all samples in one program. Those for a shell have none.
 *
 * @returns what is wrong, by the id of the sample: `line 3: Property … does not exist`. Samples without errors are missing.
 */
export async function typeErrors(samples: readonly Sample[]): Promise<Map<string, string[]>> {
  const folder = await makeFolder();
  try {
    const ids = new Map<string, string>();
    for (const { id, language, code } of samples) {
      if (language === "ts") ids.set((await folder.write(`${fileNameOf(id)}.ts`, code)).replaceAll("\\", "/"), id);
    }
    const errors = new Map<string, string[]>();
    for (const { file, start = 0, messageText } of ts.getPreEmitDiagnostics(
      ts.createProgram([...ids.keys()], options),
    )) {
      const message = ts.flattenDiagnosticMessageText(messageText, "\n");
      const id = file && ids.get(file.fileName);
      if (id === undefined) throw new Error(`${file ? relative(root, file.fileName) : "The compiler"}: ${message}`);
      const line = file!.getLineAndCharacterOfPosition(start).line + 1;
      errors.set(id, [...(errors.get(id) ?? []), `line ${line}: ${message}`]);
    }
    return errors;
  } finally {
    await folder.remove();
  }
}
