import { createSignal, onCleanup } from "solid-js";

/** Remaining seconds of a wait; 0 when there is none. */
export function createCountdown() {
  const [left, setLeft] = createSignal(0);
  let until = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    setLeft(seconds);
    if (seconds === 0) clearInterval(timer);
  };
  onCleanup(() => clearInterval(timer));
  return {
    left,
    begin: (seconds: number) => {
      until = Date.now() + seconds * 1000;
      clearInterval(timer);
      timer = setInterval(tick, 250);
      tick();
    },
  };
}
