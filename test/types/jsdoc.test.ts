import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const file = join(root, "generated/herobrain/client.ts");
const program = ts.createProgram([file], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
});
const checker = program.getTypeChecker();
const source = program.getSourceFile(file);
if (!source) throw new Error("The client is not generated.");
const exported = new Map(
  checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).map((symbol) => [symbol.name, symbol]),
);

/** What an editor shows for a field of an exported type. */
function documentation(type: string, property?: string): string {
  const symbol = exported.get(type);
  if (!symbol) throw new Error(`${type} is not exported.`);
  const shown = property ? checker.getDeclaredTypeOfSymbol(symbol).getProperty(property) : symbol;
  const tags = shown?.getJsDocTags(checker).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`) ?? [];
  return [ts.displayPartsToString(shown?.getDocumentationComment(checker)), ...tags].join("\n");
}

test("an editor shows the description, limits and default of a field", () => {
  const importance = documentation("CreateMemoryParams", "importance");
  expect(importance).toContain("How much the memory matters");
  expect(importance).toContain("Limits: 0 to 1.");
  expect(importance).toContain("@default 0.5");
  expect(documentation("CreateMemoryParams", "content")).toContain("Limits: 1 to 10,000 characters.");
});

test("an editor shows how a part is known, and from where", () => {
  expect(documentation("ImplicitPattern")).toContain("Evidence: inferred (early edition, api-quickstart)");
  expect(documentation("Webhook", "id")).toContain("Evidence: documented (docs/sdks)");
});

test("an editor warns of a secret", () => {
  expect(documentation("CreatedApiKey", "plainKey")).toContain("**Secret:**");
});

test("every exported type and class has a comment", () => {
  const bare = [...exported.keys()].filter((name) => documentation(name).trim() === "");
  expect(bare).toEqual([]);
});
