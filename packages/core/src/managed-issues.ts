import { locate } from "./config-schema/locate.ts";
import type { ConfigIssue } from "./config-views.ts";
import { isOpening, skipBlank } from "./json5-tokens.ts";
import type { ManagedKey } from "./managed-keys.ts";
import { placesIn } from "./text-places.ts";

/**
 * The offset in `text`, which must be valid JSON5, that stands for each of the panel's keys: of a
 * short value, of the key of a long one, or of the object that lacks it.
 */
export function managedOffsets(text: string, keys: readonly ManagedKey[]): number[] {
  return keys.map(({ path }) => {
    const way = locate(
      text,
      path.map((_, depth) => path.slice(0, depth + 1)),
    );
    const itself = way.at(-1);
    if (itself && !isOpening(text[itself.value])) return itself.value;
    return way.findLast((place) => place !== null)?.key ?? skipBlank(text, 0);
  });
}

/** Why a text with other values than the panel's at `wrong` is refused, at their places. */
export function managedIssues(text: string, wrong: readonly ManagedKey[]): ConfigIssue[] {
  const placeOf = placesIn(text);
  const offsets = managedOffsets(text, wrong);
  return wrong.map(({ path }, at) => ({
    ...placeOf(offsets[at] ?? 0),
    path: path.join("."),
    message: "The panel sets this key",
    source: "panel",
  }));
}
