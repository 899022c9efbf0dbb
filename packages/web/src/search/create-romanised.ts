import { type Accessor, createEffect, createSignal } from "solid-js";
import { romaniseNames } from "./romanised.ts";

/**
 * How each of `names` is typed without a Chinese keyboard, once that is known. The dictionary is
 * large: it is loaded when `wanted`, not before.
 */
export function createRomanised(
  names: Accessor<readonly string[]>,
  wanted: Accessor<boolean> = () => true,
): (name: string) => string {
  const [romanised, setRomanised] = createSignal<ReadonlyMap<string, string>>(new Map());
  createEffect(() => {
    if (wanted()) void romaniseNames(names()).then(setRomanised);
  });
  return (name) => romanised().get(name) ?? "";
}
