import { useLive } from "../live/live-context.tsx";

/** Whether the engine is known to be away: what instances do and use is then not known. */
export function useEngineAway(): () => boolean {
  const live = useLive();
  return () =>
    live.instances.engineReachable() === false || live.system.data()?.engine.reachable === false;
}
