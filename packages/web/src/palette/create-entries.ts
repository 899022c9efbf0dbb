import { createMemo } from "solid-js";
import { locale } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { createCommandEntries } from "./create-command-entries.ts";
import { createInstanceEntries } from "./create-instance-entries.ts";
import { createPageEntries } from "./create-page-entries.ts";
import type { Entry } from "./match-entries.ts";

/** The palette's entries for the current state. */
export function createEntries() {
  const live = useLive();
  const entriesOf = createInstanceEntries();
  const pages = createPageEntries();
  const commands = createCommandEntries();
  return createMemo((): Entry[] => [
    ...[...live.instances.list()]
      .sort((a, b) => a.name.localeCompare(b.name, locale()))
      .flatMap(entriesOf),
    ...pages(),
    ...commands(),
  ]);
}
