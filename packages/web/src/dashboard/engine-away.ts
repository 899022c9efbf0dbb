import { useLive } from "../live/live-context.tsx";

/** Whether the engine is known to be away; the instances' state and usage are then unknown. */
export function useEngineAway(): () => boolean {
  const live = useLive();
  return () =>
    live.instances.engineReachable() === false || live.system.data()?.engine.reachable === false;
}
