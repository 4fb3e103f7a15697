import { wrap } from "./terminal.js";

/** What `agent-apis proxy --help` prints. */
export function proxyHelp(apis: readonly string[], defaultPort: number): string {
  const names = wrap(apis.join(", "), 60)
    .map((line) => `                     ${line}`)
    .join("\n");
  return `Usage: agent-apis proxy <api> --target URL [options]

Stands on 127.0.0.1 between a client and a server, passes everything on as it
comes, streams and files included, and judges each exchange by the description
of an API. Nothing is sent to any other server. Needs ajv and ajv-formats.

Point the client at the address that is printed. A line tells of each exchange
which operation it was, and what is wrong with it; Ctrl-C ends the proxy with a
report of everything found.

Arguments:
  api                The API that the server claims to be:
${names}

Options:
      --target URL   The server's address before the path of an operation
  -p, --port N       The port, ${defaultPort} by default or the next free one; 0 for any
      --har FILE     Record everything that passes, without credentials, as
                     an HTTP Archive; "agent-apis verify --har" judges it again
      --no-auth      The server asks nobody for a credential, though the
                     description does
      --max-ms N     Slower answers are findings
      --strict       Warnings and notes are errors
  -q, --quiet        Print no line for an exchange with which nothing is wrong
      --format NAME  The report: table, json, junit, sarif, markdown or html
      --output FILE  Write the report there instead of printing it
  -h, --help         Print this

A redirect within the server leads through the proxy; one to another server is
passed on and reported. Bodies above 8 MiB are passed on and not judged.
WebSockets are not passed. Exit codes: 0 if there is no error, 1 if there is
one, 2 if it could not run or nothing of the API has passed.
`;
}
