/** `Fields` with what is `undefined` left out, so that it fits types with exact optional properties. */
export type Defined<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
};

/** A copy without the fields that are `undefined`. */
export function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Defined<Fields>; // exactly the fields that have a value
}
