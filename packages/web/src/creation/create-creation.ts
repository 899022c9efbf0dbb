import { createMemo, createSignal } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import type { PlainKey } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import type { NewInstanceInput } from "./create-instance-form.ts";

export type StepState = "waiting" | "doing" | "done" | "failed";

export interface Step {
  label: PlainKey;
  state: StepState;
}

/**
 * One creation, from the form to an answering instance. The steps show only facts: the record
 * exists when the list has it, the container when the panel answered, and the health check has
 * passed when the status says so.
 */
export function createCreation() {
  const api = useApi();
  const live = useLive();
  const [input, setInput] = createSignal<NewInstanceInput>();
  const [answered, setAnswered] = createSignal(false);
  const [error, setError] = createSignal<unknown>();

  const instance = createMemo((): Instance | undefined => {
    const asked = input();
    return asked && live.instances.get(asked.id);
  });
  const failed = (): Instance | null => {
    const made = instance();
    return answered() && made?.status === "error" ? made : null;
  };
  const finished = () =>
    answered() && (input()?.start === false || instance()?.status === "running");

  const healthState = (): StepState => {
    if (!answered()) return "waiting";
    if (failed()) return "failed";
    return instance()?.status === "running" ? "done" : "doing";
  };

  const steps = createMemo((): Step[] => {
    const recorded = instance() !== undefined || answered();
    const all: Step[] = [
      { label: "create.step.record", state: recorded ? "done" : "doing" },
      {
        label: "create.step.container",
        state: answered() ? "done" : recorded ? "doing" : "waiting",
      },
    ];
    if (input()?.start !== false) all.push({ label: "create.step.health", state: healthState() });
    return all;
  });
  const begin = async (asked: NewInstanceInput) => {
    setError(undefined);
    setAnswered(false);
    setInput(asked);
    try {
      await api.trpc.instances.create.mutate(asked);
      setAnswered(true);
    } catch (thrown) {
      setInput(undefined);
      setError(thrown);
    }
  };

  return { begin, input, instance, steps, error, failed, finished };
}

export type Creation = ReturnType<typeof createCreation>;
