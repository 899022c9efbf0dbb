import { parseJson5Object } from "@claw/core/json5-edit";
import { createComputed, createMemo, createSignal, on } from "solid-js";
import type { Instance } from "../api/client.ts";
import type { ConfigState } from "./create-config.ts";

/** What became of the text that was saved, as its instance is now. */
export type SaveResult = "hot" | "restart" | "starting" | "inEffect" | "nextStart";

/**
 * Follows what was saved until the instance runs with it. `itself` says whether the gateway
 * restarts without being told to.
 */
export function createSaveResult(config: ConfigState, instance: () => Instance) {
  const [startedAt, setStartedAt] = createSignal<string | null>(null);
  createComputed(
    on(config.effect, (effect) => effect !== undefined && setStartedAt(instance().startedAt)),
  );
  const result = createMemo((): SaveResult | undefined => {
    const effect = config.effect();
    const { status, startedAt: now } = instance();
    // "Saved" under the error that came of it would say that all is well.
    if (effect !== "next-start" && status === "error") return undefined;
    if (effect === undefined || effect === "hot") return effect;
    if (status === "starting") return "starting";
    if (status === "running" && now !== startedAt()) return "inEffect";
    return effect === "restart" && status !== "stopped" ? "restart" : "nextStart";
  });
  const itself = createMemo(() => result() === "restart" && reloads(config.stored()?.text ?? ""));
  return { result, itself };
}

/** OpenClaw watches its file unless it is told not to. */
function reloads(text: string): boolean {
  try {
    const gateway = field(parseJson5Object(text), "gateway");
    return field(field(gateway, "reload"), "mode") !== "off";
  } catch {
    return false;
  }
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? Reflect.get(value, name) : undefined;
}
