/**
 * The files of a new API, by path: a description of one operation that keeps every rule, to be replaced piece by piece.
 *
 * @param name the folder.
 * @param className the client class.
 */
export function templateFor(name: string, className: string): Map<string, string> {
  const specs = `specs/${name}`;
  return new Map([
    [`${specs}/openapi.yaml`, openapi(name, className)],
    [`${specs}/paths/things/{id}.yaml`, path],
    [`${specs}/schemas/Thing.yaml`, thing],
    [`${specs}/responses/NotFound.yaml`, notFound],
    [`${specs}/NOTES.md`, notes(className)],
    [`src/${name}.ts`, entry(name, className)],
  ]);
}

const openapi = (name: string, className: string) => `openapi: 3.2.0
info:
  title: ${className} API
  summary: What the API is for, in one line
  version: 0.1.0
  description: What the API is for, how to authenticate, how answers and errors look.
  contact:
    name: ${className} support
    url: https://${name}.invalid/support
  license:
    name: MIT
    identifier: MIT
servers:
  - url: https://api.${name}.invalid
security:
  - apiKey: []
x-client:
  name: ${className}
  error:
    message: /message
tags:
  - name: Things
    summary: Read things
    description: What a thing is.
    kind: nav
paths:
  /v1/things/{id}:
    $ref: paths/things/{id}.yaml
components:
  securitySchemes:
    apiKey:
      type: http
      scheme: bearer
      description: An API key.
      x-evidence: inferred
      x-source: template
`;

const path = `get:
  operationId: getThing
  summary: Read a thing
  description: Reads one thing.
  tags:
    - Things
  parameters:
    - name: id
      in: path
      required: true
      description: The id of the thing.
      schema:
        type: string
      example: thing_1
  responses:
    '200':
      description: The thing.
      content:
        application/json:
          schema:
            $ref: ../../schemas/Thing.yaml
          example:
            id: thing_1
    '404':
      $ref: ../../responses/NotFound.yaml
  x-sdk: things.get
  x-evidence: inferred
  x-source: template
`;

const thing = `type: object
description: A thing.
required:
  - id
properties:
  id:
    type: string
    description: The id of the thing.
    example: thing_1
`;

const notFound = `description: There is no thing with this id.
content:
  application/json:
    schema:
      type: object
      description: The answer to a request that did not succeed.
      required:
        - message
      properties:
        message:
          type: string
          description: The reason in words.
          example: There is no such thing
    example:
      message: There is no such thing
`;

const notes = (className: string) => `# Notes on the ${className} description

## Conflicts

| Subject | What the sources say | What the description does |
| --- | --- | --- |

## Unknown

| Subject | What the description does |
| --- | --- |
`;

const entry = (name: string, className: string) => `import { ${className}Client } from "../generated/${name}/client.js";
import { bearer, type ClientOptions, type Credential } from "../runtime/index.js";

export * from "../generated/${name}/client.js";
export type { components, operations, paths } from "../generated/${name}/types.js";
export * from "../runtime/public.js";

/** How to reach ${className}, and as whom. */
export interface ${className}Options extends ClientOptions {
  /** An API key; a function is asked anew for every request. */
  apiKey: Credential;
}

/** A client of the ${className} API. */
export class ${className} extends ${className}Client {
  /** @throws {TypeError} when a credential or the base URL cannot be used. */
  constructor({ apiKey, ...options }: ${className}Options) {
    super({ ...options, authentication: bearer(apiKey) });
  }
}
`;
