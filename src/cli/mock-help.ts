import { wrap } from "./terminal.js";

/** What `agent-apis mock --help` prints. */
export function mockHelp(apis: readonly string[], defaultPort: number, defaultPaceMs: number): string {
  const names = wrap(apis.join(", "), 60)
    .map((line) => `                     ${line}`)
    .join("\n");
  return `Usage: agent-apis mock [api ...] [--port N] [--quiet] [options]
       agent-apis mock --api API [--port N] [--quiet] [options]

Serves the APIs on 127.0.0.1, one prefix each. Every answer is an example from
the API's description. Requests are checked: without a credential you get the
documented 401, with a wrong parameter or body the documented 400. Any value
will do as a credential.

Arguments:
  api                An API to serve; all of them by default:
${names}

Options:
      --api API      Serve this API alone, at the root and without a prefix, so
                     that an application that exists can be pointed at it
  -p, --port N       The port, ${defaultPort} by default; if it is busy the next free
                     one, 0 for any free one
      --pace TIME    The pause between two events of a stream: 50ms, 1s; ${defaultPaceMs}ms
                     by default, 0 for none
      --stateful     Keep what is created, see below
      --fault RULE   What goes wrong where, see below; can be repeated
  -q, --quiet        Do not print a line for every request
  -h, --help         Print this

Ask for another documented answer with a header of the request:
  Prefer: code=429                the answer with this status
  Prefer: code=401, example=NAME  of that answer the example with this name
  Prefer: dynamic=true            a body made up from the schema

A refused request's answer says why in the header "sl-violations".

With --stateful what is created can be read, listed, found, changed and
deleted, and what is not there is answered with the documented 404. At first
there are the things of the examples, and those of a test tenant:
  POST <base URL>/_mock/reset     puts everything back as it was at the start
  GET <base URL>/_mock/state      counts what there is
Operations that work on nothing of that kind answer with examples.

Let something go wrong, at one request with a header, or with --fault at all
requests to an operation, to all of an API or to all there are:
  Mock-Fault: cut
  --fault listMemories:429 --fault "hero/*:delay=500" --fault "*:stall"
The faults are:
  429            This status, or another from 400 to 599, with the documented
                 body; "; retry-after=2" sets the header
  delay=MS       The answer comes so many milliseconds late
  stall          The headers come, and then nothing more
  cut            The connection is closed within the body, or an event of it
  malformed      The JSON is broken, of the body or of an event
  reset          The connection is reset before any answer
And with each, as in "429; times=2":
  times=N        Only so often, so that trying again succeeds
  probability=P  Only now and then, from 0 to 1
  delay=MS       So many milliseconds late
  after=N        stall, cut, malformed: behind N events of a stream, or N bytes

Webhooks:
      --webhooks-to URL
                     Send the APIs' webhooks to this address: each after the
                     operation that causes it, if one does, and by request
                     with POST <base URL>/_mock/webhooks/EVENT
      --webhooks-every TIME
                     Also send all of them in turn, so far apart: 10s
      --webhook-secret SECRET
                     Sign them with this
      --webhook-header NAME, --webhook-encoding hex|base64
                     How to sign, where the vendor does not tell
      --allow-remote Let the address be on another machine
`;
}
