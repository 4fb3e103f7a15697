/**
 * `T`, with the fields made optional that the client's constructor can supply. Index signatures, modifiers and the
 * documentation of the fields stay; a union stays a union.
 */
export type WithDefaults<T, K extends PropertyKey> = T extends unknown
  ? Flatten<{ [P in keyof T as P extends K ? never : P]: T[P] } & { [P in keyof T as P extends K ? P : never]?: T[P] }>
  : never;

type Flatten<T> = { [P in keyof T]: T[P] };
