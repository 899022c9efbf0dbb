import { createSignal } from "solid-js";
import type { Pace } from "./batch.ts";

/** The pace that a user chooses for a batch of `count` instances; by default, all at once. */
export function createPace(count: () => number, first = { slowly: false, wave: 1, pauses: true }) {
  const [slowly, setSlowly] = createSignal(first.slowly);
  const [wave, setWave] = createSignal(String(first.wave));
  const [pauses, setPauses] = createSignal(first.pauses);
  const [stopsEarly, setStopsEarly] = createSignal(true);
  const size = () => Number(wave());
  return {
    count,
    slowly,
    setSlowly,
    wave,
    setWave: (text: string) => setWave(text.replace(/\D/g, "").slice(0, 4)),
    pauses,
    setPauses,
    stopsEarly,
    setStopsEarly,
    isRight: () => !slowly() || (size() >= 1 && size() <= count()),
    /** Undefined: all at once, past every failure. */
    pace: (): Pace | undefined =>
      slowly()
        ? { wave: size(), pauseBetween: pauses(), stopAtFirstFailure: stopsEarly() }
        : undefined,
  };
}

export type PaceState = ReturnType<typeof createPace>;
