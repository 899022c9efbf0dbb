import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import { accessLink } from "../../actions/open-instance.tsx";
import { useApi } from "../../api/api-context.tsx";
import type { Instance } from "../../api/client.ts";
import { createCall } from "../../api/create-call.ts";
import { useLive } from "../../live/live-context.tsx";

/** A start that the panel does not confirm by then has been lost with the page that began it. */
const UNCONFIRMED_MS = 15_000;

/** `unknown`: Docker is silent, and may say any moment that it runs. */
const UNDER_WAY: ReadonlySet<Instance["status"]> = new Set(["starting", "stopping", "unknown"]);

export type StartingState =
  /** Nothing is known of it yet. */
  | { is: "loading" }
  | { is: "gone" }
  | { is: "starting"; instance: Instance }
  | { is: "opening"; instance: Instance }
  | { is: "failed"; instance: Instance }
  | { is: "stopped"; instance: Instance };

/**
 * Follows a start that the panel was asked for, and opens the instance when it runs. `since`: the
 * time of that start; undefined while it is not confirmed, when an earlier state means nothing.
 */
export function createStarting(
  id: string,
  since: () => string | undefined,
  goTo = (url: string) => window.location.replace(url),
) {
  const api = useApi();
  const live = useLive();
  const [again, setAgain] = createSignal<string>();
  const [isLate, setLate] = createSignal(false);
  const patience = setTimeout(() => setLate(true), UNCONFIRMED_MS);
  onCleanup(() => clearTimeout(patience));

  const isBefore = (instance: Instance): boolean => {
    const start = again() ?? since();
    return start === undefined ? !isLate() : instance.updatedAt < start;
  };
  const state = createMemo((): StartingState => {
    const instance = live.instances.get(id);
    if (!instance) return { is: live.instances.loaded() ? "gone" : "loading" };
    return { is: isOf(instance, isBefore(instance)), instance };
  });
  const opening = createCall(async () => goTo(await accessLink(api, id)));
  const starting = createCall(async () => {
    const { updatedAt } = await api.trpc.instances.start.mutate({ id });
    setAgain(updatedAt);
  });
  const is = createMemo(() => state().is);
  createEffect(on(is, (now) => now === "opening" && void opening.run(undefined)));
  return { state, opening, starting };
}

type Known = Exclude<StartingState["is"], "loading" | "gone">;

function isOf({ status }: Instance, isBefore: boolean): Known {
  if (status === "running") return "opening";
  if (isBefore || UNDER_WAY.has(status)) return "starting";
  return status === "error" ? "failed" : "stopped";
}
