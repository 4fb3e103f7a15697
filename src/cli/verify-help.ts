import { wrap } from "./terminal.js";

/** What `agent-apis verify --help` prints. */
export function verifyHelp(apis: readonly string[]): string {
  const names = wrap(apis.join(", "), 60)
    .map((line) => `                     ${line}`)
    .join("\n");
  return `Usage: agent-apis verify <api> --server URL [options]

Tells where a server differs from the description of an API. The requests are
made from the description; nothing is sent to any other server. Needs ajv and
ajv-formats.

Arguments:
  api                The API that the server claims to be:
${names}

What is sent:
      --server URL   The address before the path of an operation
      --write        Also send what can change or delete something; else only
                     operations that read. Never do this to data you need
      --only IDS     Only these operations; globs, with commas or repeated
      --skip IDS     Not these operations
      --skip-case GLOB
                     Not the cases with such an id
      --tag TAGS     Only operations with one of these tags
      --fuzz N       Also N made-up requests an operation; needs fast-check
      --answers      Also ask for every documented answer, as mocks allow
      --header LINE  "Name: value" for every request; can be repeated

Credentials, which are never printed:
      --credential SCHEME=VALUE
                     For a security scheme of the description; SCHEME=@FILE
                     reads it from a file. Or set AGENT_APIS_<API>_<SCHEME>,
                     as in AGENT_APIS_HEROBRAIN_API_KEY, or the same with
                     _FILE. Without one, protected operations are only tried
                     without a credential

How:
      --budget TIME  Send nothing more after this time: 60s, 2m
      --timeout TIME For one answer, 10s by default
      --concurrency N  Requests at once, 4 by default
      --seed N       The order, and what is made up; 1 by default
      --max-ms N     Slower answers are findings
      --strict       Warnings and notes are errors

What comes out:
      --format NAME  table, json, junit, sarif, markdown or html
      --output FILE  Write it there instead of printing it
      --har FILE     Write every exchange, without credentials
  -h, --help         Print this

A contradiction of a part that is only inferred is a warning. Exit codes: 0 if
there is no error, 1 if there is one, 2 if it could not run, 130 after Ctrl-C,
with what was found until then.
`;
}
