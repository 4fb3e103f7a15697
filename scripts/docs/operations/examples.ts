import { type OpenApiDocument, type Reference, resolve } from "../../openapi.js";

/** A documented example of a body or a parameter. */
export interface Example {
  readonly name: string;
  readonly summary?: string;
  readonly value: unknown;
}

interface Exemplified {
  example?: unknown;
  examples?: Record<string, ExampleObject | Reference>;
  schema?: unknown;
}

interface ExampleObject {
  summary?: string;
  value?: unknown;
  dataValue?: unknown;
  serializedValue?: string;
}

/** The examples of a media type, parameter or header, in the order of the description. */
export function examplesOf(document: OpenApiDocument, node: object): Example[] {
  const { example, examples } = node as Exemplified;
  if (example !== undefined) return [{ name: "example", value: example }];
  return Object.entries(examples ?? {}).map(([name, one]) => {
    const { summary, value, dataValue, serializedValue } = resolve<ExampleObject>(document, one);
    return { name, ...(summary ? { summary } : {}), value: value ?? dataValue ?? serializedValue };
  });
}
