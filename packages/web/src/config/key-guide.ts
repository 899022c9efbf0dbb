import type { Part } from "@claw/core/config-schema/schema-parts";
import type { ManagedKey } from "@claw/core/managed-keys";
import { StateEffect, StateField } from "@codemirror/state";

/** The editor's knowledge of the keys of a configuration. */
export interface KeyGuide {
  /** Null as long as there is none. */
  schema: Part | null;
  managed: readonly ManagedKey[];
}

export const setGuide = StateEffect.define<KeyGuide>();

export const guide = StateField.define<KeyGuide>({
  create: () => ({ schema: null, managed: [] }),
  update: (before, { effects }) =>
    effects.filter((effect) => effect.is(setGuide)).at(-1)?.value ?? before,
});
