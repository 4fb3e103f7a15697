import { join } from "node:path";
import ts from "typescript";

/** What the type checker makes of a file. */
export interface Checked {
  /** How often it instantiated a type: its own measure of work, which is the same on every machine. */
  readonly instantiations: number;
  /** Its complaints about the file. */
  readonly complaints: readonly Complaint[];
}

/** An error of the type checker. */
export interface Complaint {
  /** From 0. */
  readonly line: number;
  /** As it is printed. */
  readonly message: string;
}

/** A user's compiler options. */
export const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Checks files that need not exist, each by itself and against what is installed in a folder. */
export class Checker {
  readonly #file: string;
  readonly #host: ts.CompilerHost;
  #text = "";

  constructor(folder: string) {
    this.#file = join(folder, "checked.ts");
    this.#host = ts.createCompilerHost(options);
    // Declarations are parsed once for all files. What a check finds out about them is not kept.
    const parsed = new Map<string, ts.SourceFile | undefined>();
    const { getSourceFile, fileExists, readFile } = this.#host;
    this.#host.getSourceFile = (name, languageVersion, ...rest) => {
      if (name === this.#file) return ts.createSourceFile(name, this.#text, languageVersion, true);
      if (!parsed.has(name)) parsed.set(name, getSourceFile(name, languageVersion, ...rest));
      return parsed.get(name);
    };
    this.#host.fileExists = (name) => name === this.#file || fileExists(name);
    this.#host.readFile = (name) => (name === this.#file ? this.#text : readFile(name));
    this.#host.getCurrentDirectory = () => folder;
  }

  /** @param text a module. */
  check(text: string): Checked {
    this.#text = text;
    const program = ts.createProgram([this.#file], options, this.#host);
    const source = program.getSourceFile(this.#file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return {
      instantiations: program.getInstantiationCount(),
      complaints: found.map(({ start = 0, messageText }) => ({
        line: source?.getLineAndCharacterOfPosition(start).line ?? 0,
        message: ts.flattenDiagnosticMessageText(messageText, "\n"),
      })),
    };
  }
}
