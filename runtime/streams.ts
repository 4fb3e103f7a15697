import { EventStream } from "./event-stream.js";
import { isEventStream, openStream } from "./open-stream.js";
import { resumptionOf } from "./resumption.js";

/** All that streams of events need, as a part of a client. */
export const streams = { EventStream, isEventStream, openStream, resumptionOf } as const;
