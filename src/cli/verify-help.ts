import { wrap } from "./terminal.js";

/** What `agent-apis verify --help` prints. */
export function verifyHelp(apis: readonly string[]): string {
  const names = wrap(apis.join(", "), 60)
    .map((line) => `                     ${line}`)
    .join("\n");
  return `Usage: agent-apis verify <api> --server URL [options]
       agent-apis verify <api> --har FILE [options]

Tells where a server differs from the description of an API. With --server,
requests are sent there that are made from the description; nothing is sent to
any other server. With --har alone, a recording is judged and nothing is sent.
Needs ajv and ajv-formats.

Arguments:
  api                The API that the server claims to be:
${names}

Which exchanges are judged:
      --server URL   Those with this server: the address before the path of an
                     operation
      --har FILE     Without --server: those in this HTTP Archive, as browsers
                     and "agent-apis proxy" write it. With --server the file
                     is written, see below
      --base URL     Where in the archive the API is; by default the address
                     under which most requests fit
      --only IDS     Only these operations; globs, with commas or repeated
      --skip IDS     Not these operations
      --tag TAGS     Only operations with one of these tags

What is sent:
      --write        Also send what can change or delete something; else only
                     operations that read. Never do this to data you need
      --skip-case GLOB
                     Not the cases with such an id
      --fuzz N       Also N made-up requests an operation; needs fast-check
      --answers      Also ask for every documented answer, as mocks allow
      --header LINE  "Name: value" for every request; can be repeated

Documented workflows, which "redocly respect" runs; needs @redocly/cli. They
run once their inputs are known, those that write with --write:
      --workflows    Run them and nothing else
      --no-workflows Run none of them
      --input NAME=VALUE
                     A value for an input; NAME=@FILE reads it from a file.
                     Or set AGENT_APIS_<API>_<NAME>. Credentials are known

Credentials, which are never printed:
      --credential SCHEME=VALUE
                     For a security scheme of the description; SCHEME=@FILE
                     reads it from a file. Or set AGENT_APIS_<API>_<SCHEME>,
                     as in AGENT_APIS_HEROBRAIN_API_KEY, or the same with
                     _FILE. Without one, protected operations are only tried
                     without a credential
      --no-auth      The server asks for none, though the description does:
                     call all operations, and do not look for a refusal

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
      --har FILE     With --server: write every exchange there, without
                     credentials. Without: the archive that is read, see above
  -h, --help         Print this

A contradiction of a part that is only inferred is a warning. Exit codes: 0 if
there is no error, 1 if there is one, 2 if it could not run or nothing was
judged, 130 after Ctrl-C, with what was found until then.
`;
}
