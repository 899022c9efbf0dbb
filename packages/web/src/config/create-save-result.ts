import { parseJson5Object } from "@claw/core/json5-edit";
import { createComputed, createMemo, createSignal, on } from "solid-js";
import type { Instance } from "../api/client.ts";
import type { ConfigState } from "./create-config.ts";

/** The effect of the last save, from the instance's current state. */
export type SaveResult = "hot" | "restart" | "starting" | "inEffect" | "nextStart";

/**
 * Follows a save until the instance runs with it. `itself` says whether the gateway restarts on its
 * own.
 */
export function createSaveResult(config: ConfigState, instance: () => Instance) {
  const [startedAt, setStartedAt] = createSignal<string | null>(null);
  createComputed(
    on(config.effect, (effect) => effect !== undefined && setStartedAt(instance().startedAt)),
  );
  const result = createMemo((): SaveResult | undefined => {
    const effect = config.effect();
    const { status, startedAt: now } = instance();
    // "Saved" below the error that it caused would mislead.
    if (effect !== "next-start" && status === "error") return undefined;
    if (effect === undefined || effect === "hot") return effect;
    if (status === "starting") return "starting";
    if (status === "running" && now !== startedAt()) return "inEffect";
    return effect === "restart" && status !== "stopped" ? "restart" : "nextStart";
  });
  const itself = createMemo(() => result() === "restart" && reloads(config.stored()?.text ?? ""));
  return { result, itself };
}

/** OpenClaw watches its file by default. */
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
