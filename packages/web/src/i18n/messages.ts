import type { ParamArgs } from "./message.ts";
import type { zh } from "./zh.ts";

/** The texts of the page, by key. */
export type Dictionary = typeof zh;
export type MessageKey = keyof Dictionary;
export type Messages = Readonly<Record<MessageKey, string>>;

/** Keys of messages without values, for tables that map a code to its text. */
export type PlainKey = {
  [Key in MessageKey]: ParamArgs<Dictionary[Key]> extends [] ? Key : never;
}[MessageKey];
