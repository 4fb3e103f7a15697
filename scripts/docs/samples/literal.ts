/** How long a line of a sample gets, in characters: what fits into a terminal. */
export const lineWidth = 80;

/** A piece of program text that stands where a value stands. */
export class Code {
  constructor(readonly text: string) {}
}

/** A call that stands where a value stands. */
export class Call {
  /** @param callee what stands before the brackets, such as `JSON.stringify` or `new Blob`. */
  constructor(
    readonly callee: string,
    readonly args: readonly unknown[],
  ) {}
}

/** Where something is written. */
export interface Place {
  /** How far the line is indented that it begins in. */
  readonly indent: number;
  /** How much of that line is there already, with the indentation. */
  readonly column: number;
  /** How much comes behind it in the line it ends in. */
  readonly tail: number;
}

/** Writes a value in TypeScript, laid out as Biome and Prettier do. It holds JSON, {@link Code} and {@link Call}. */
export function literal(value: unknown, place: Place): string {
  const flat = flatten(value);
  if (flat !== undefined && place.column + flat.length + place.tail <= lineWidth) return flat;
  if (value instanceof Call)
    return value.callee + args(value.args, { ...place, column: place.column + value.callee.length });
  const inner = place.indent + 2;
  if (Array.isArray(value) && value.length > 0) {
    return lines(
      "[",
      value.map((item) => literal(item, { indent: inner, column: inner, tail: 1 })),
      "]",
      place,
    );
  }
  if (isPlain(value) && Object.keys(value).length > 0) {
    return lines(
      "{",
      Object.entries(value).map(([key, member]) => writeMember(key, member, inner)),
      "}",
      place,
    );
  }
  return flat ?? "";
}

/**
 * Writes the arguments of a call with their brackets: in one line, else with the last one opened out, else one a line.
 */
export function args(values: readonly unknown[], place: Place): string {
  const flat = values.map(flatten);
  const line = `(${flat.join(", ")})`;
  const fits = (text: string, tail: number) => place.column + text.length + tail <= lineWidth;
  if (!flat.includes(undefined) && fits(line, place.tail)) return line;
  const last = values.at(-1);
  const before = `(${flat
    .slice(0, -1)
    .map((text) => `${text}, `)
    .join("")}`;
  if (opensOut(last) && !isAlike(values.at(-2), last) && !flat.slice(0, -1).includes(undefined) && fits(before, 1)) {
    return `${before}${literal(last, { ...place, column: lineWidth })})`;
  }
  const inner = place.indent + 2;
  return lines(
    "(",
    values.map((value) => literal(value, { indent: inner, column: inner, tail: 1 })),
    ")",
    place,
  );
}

/** A text in the quotes that need fewer backslashes. */
export function quote(text: string): string {
  const double = JSON.stringify(text);
  const single = `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  return single.length < double.length ? single : double;
}

/** The key of a member, in quotes where it must be. */
export function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/** A value in one line; undefined if it may not stand in one: a list of objects with several members each. */
function flatten(value: unknown): string | undefined {
  if (value instanceof Code) return value.text;
  if (value instanceof Call) {
    const inner = value.args.map(flatten);
    return inner.includes(undefined) ? undefined : `${value.callee}(${inner.join(", ")})`;
  }
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) {
    const items = value.map(flatten);
    const isOpen = value.length > 1 && value.every((item) => isPlain(item) && Object.keys(item).length > 1);
    return isOpen || items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (!isPlain(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => [propertyName(key), flatten(member)] as const);
  if (members.some(([, text]) => text === undefined)) return undefined;
  if (members.length === 0) return "{}";
  return `{ ${members.map(([key, text]) => (key === text ? key : `${key}: ${text}`)).join(", ")} }`;
}

function writeMember(key: string, member: unknown, indent: number): string {
  const name = propertyName(key);
  if (member instanceof Code && member.text === name) return name;
  const value = literal(member, { indent, column: indent + name.length + 2, tail: 1 });
  const isLong = indent + name.length + 2 + value.length + 1 > lineWidth;
  if (typeof member !== "string" || !isLong || name.length <= 2) return `${name}: ${value}`;
  return `${name}:\n${" ".repeat(indent + 2)}${value}`;
}

function lines(open: string, items: readonly string[], close: string, { indent }: Place): string {
  const inner = " ".repeat(indent + 2);
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${" ".repeat(indent)}${close}`;
}

function opensOut(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isPlain(value) && Object.keys(value).length > 0;
}

/** Two objects side by side are laid out alike. */
function isAlike(one: unknown, other: unknown): boolean {
  return (isPlain(one) && isPlain(other)) || (Array.isArray(one) && Array.isArray(other));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Code) &&
    !(value instanceof Call)
  );
}
