import { type Accessor, createEffect, createSignal } from "solid-js";
import { romaniseNames } from "./romanised.ts";

/**
 * The romanized forms of `names`, once known. The dictionary is large: it is loaded only when
 * `wanted`.
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
