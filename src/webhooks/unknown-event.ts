/** An event that the description does not know: of its shape nothing can be said. */
export interface UnknownWebhookEvent {
  /** Its name, if it has one. */
  readonly event?: unknown;
  readonly [field: string]: unknown;
}

/**
 * The event as one of unknown shape, if its name is not among those that are known.
 *
 * @internal
 */
export function asUnknown(event: object, known: Readonly<Record<string, true>>): UnknownWebhookEvent | undefined {
  const open: UnknownWebhookEvent = event as UnknownWebhookEvent;
  return typeof open.event === "string" && Object.hasOwn(known, open.event) ? undefined : open;
}
