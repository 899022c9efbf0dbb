/**
 * A message is a text with `{name}` for a value and `{name|one|other}` for a word that depends on a
 * number. The required names are derived from its type.
 */
export type ParamName<M extends string> = M extends `${string}{${infer P}}${infer Rest}`
  ? (P extends `${infer Name}|${string}` ? Name : P) | ParamName<Rest>
  : never;

export type Params<M extends string> = { [Name in ParamName<M>]: string | number };

/** The arguments of a message after its key: none, or one object with its values. */
export type ParamArgs<M extends string> = [ParamName<M>] extends [never] ? [] : [Params<M>];

/** `message` with its values inserted; numbers are formatted for `locale`. */
export function formatMessage(
  message: string,
  params: Readonly<Record<string, string | number>>,
  locale: string,
): string {
  return message.replace(/\{([^{}]+)\}/g, (whole, inner: string) => {
    const [name = "", one, other] = inner.split("|");
    const value = params[name];
    if (value === undefined) return whole;
    if (one === undefined || other === undefined)
      return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : value;
    return new Intl.PluralRules(locale).select(Number(value)) === "one" ? one : other;
  });
}

/** The names that occur in `message`, sorted. */
export function paramNames(message: string): string[] {
  const names = [...message.matchAll(/\{([^{}|]+)[^{}]*\}/g)].map((match) => match[1] ?? "");
  return [...new Set(names)].sort();
}
