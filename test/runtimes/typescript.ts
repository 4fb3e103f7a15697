import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { table } from "../../scripts/terminal.js";
import { clientsHead, writeCalls } from "../types/calls.js";
import { npm, quietly } from "./npm.js";
import { installPacked, type Project } from "./packed.js";

// Checks a file with a call of every method of every client against the types of the packed package, with the oldest
// compiler that the package is for and with those after the one that the project itself uses.

const versions = ["5.4.5", "6.0.3", "7.0.2"];
const nodeTypes = "20.19.43";
const run = promisify(execFile);

/** Users' projects. */
const settings: Readonly<Record<string, object>> = {
  "nodenext, DOM": { module: "nodenext", lib: ["es2022", "dom", "dom.iterable"], types: [] },
  "bundler, DOM": { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.iterable"], types: [] },
  "nodenext, Node": { module: "nodenext", lib: ["es2022"], types: ["node"] },
};

interface Result {
  /** Errors, one a line. */
  readonly errors: readonly string[];
  /** As the compiler prints it. */
  readonly instantiations: string;
}

async function check(project: Project, compiler: string, compilerOptions: object): Promise<Result> {
  const options = { target: "es2022", strict: true, exactOptionalPropertyTypes: true, noEmit: true };
  await writeFile(
    join(project.folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...options, ...compilerOptions }, files: ["calls.ts"] }),
  );
  const args = [compiler, "--project", project.folder, "--extendedDiagnostics", "--pretty", "false"];
  const { stdout } = await run(process.execPath, args, { cwd: project.folder, maxBuffer: 2 ** 26 }).catch(
    // It ends with 1 or 2 for type errors, and with a complaint of its own only if it could not start.
    (error: { stdout?: string }) => {
      if (!error.stdout) throw error;
      return { stdout: error.stdout };
    },
  );
  return {
    errors: stdout.split("\n").filter((line) => /\berror TS\d+/.test(line)),
    instantiations: /^Instantiations:\s+(\S+)/m.exec(stdout)?.[1] ?? "not told",
  };
}

/** Installs a compiler beside the project. @returns the file that its `tsc` runs. */
async function installCompiler(project: Project, version: string): Promise<string> {
  const folder = join(project.folder, `typescript-${version}`);
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "compiler", private: true }));
  await npm(folder, "install", ...quietly, `typescript@${version}`);
  const installed = join(folder, "node_modules/typescript");
  const { bin } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  return join(installed, bin.tsc);
}

const project = await installPacked();
try {
  const calls = writeCalls();
  await npm(project.folder, "install", ...quietly, `@types/node@${nodeTypes}`);
  await writeFile(
    join(project.folder, "calls.ts"),
    `${clientsHead()}${calls.map(({ code }) => code).join("\n")}\nexport {};\n`,
  );
  const rows: string[][] = [];
  const complaints: string[] = [];
  for (const version of versions) {
    const compiler = await installCompiler(project, version);
    for (const [name, setting] of Object.entries(settings)) {
      for (const skipLibCheck of [true, false]) {
        const { errors, instantiations } = await check(project, compiler, { ...setting, skipLibCheck });
        rows.push([version, name, String(skipLibCheck), String(errors.length), instantiations]);
        complaints.push(...errors.slice(0, 5).map((error) => `${version}, ${name}: ${error}`));
      }
    }
  }
  const heading = ["TypeScript", "project", "skipLibCheck", "errors", "instantiations"];
  process.stdout.write(`${calls.length} calls\n\n${table([heading, ...rows], [3, 4])}\n`);
  if (complaints.length > 0) {
    process.stdout.write(`\n${complaints.join("\n")}\n`);
    process.exitCode = 1;
  }
} finally {
  await project.remove();
}
