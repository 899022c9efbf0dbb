import { type Component, createComponent, createSignal, type JSX, onCleanup, Show } from "solid-js";

const RETRY_MS = 2000;

const [missing, setMissing] = createSignal(0);

/** Whether the page waits for a part that failed to load. */
export const isPartMissing = (): boolean => missing() > 0;

/** Loads what its owner needs; retries on failure, as while the panel is away. */
export function loadNeeded<Loaded>(load: () => Promise<Loaded>, use: (it: Loaded) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failed = false;
  let gone = false;
  const settle = (now: boolean) => {
    if (now !== failed) setMissing((count) => count + (now ? 1 : -1));
    failed = now;
  };
  const attempt = (): Promise<void> =>
    load().then(
      (it) => {
        settle(false);
        if (!gone) use(it);
      },
      // The console has the reason; the page reports a missing part.
      () => {
        if (gone) return;
        settle(true);
        timer = setTimeout(attempt, RETRY_MS);
      },
    );
  onCleanup(() => {
    gone = true;
    clearTimeout(timer);
    settle(false);
  });
  void attempt();
}

/**
 * The component `name` of a module, loaded when first shown, or by `preload`. `Waiting` is its
 * placeholder. Solid's `lazy` loads once, and a page whose load fails stays empty; its Suspense
 * makes the router wait for what may never come.
 */
export function lazyPart<Name extends string, Props extends Record<never, never>>(
  load: () => Promise<{ [Export in Name]: Component<Props> }>,
  name: Name,
  Waiting?: Component<NoInfer<Props>>,
) {
  let loaded: Component<Props> | undefined;
  const get = async () => {
    loaded ??= (await load())[name];
    return loaded;
  };
  /** Preloads it. Never rejects: showing it retries. */
  const preload = async (): Promise<void> => {
    await get().catch(() => {});
  };
  function Part(props: Props): JSX.Element {
    const [shown, show] = createSignal(loaded);
    if (!loaded) loadNeeded(get, (component) => show(() => component));
    return (
      <Show when={shown()} keyed fallback={Waiting && createComponent(Waiting, props)}>
        {(component) => createComponent(component, props)}
      </Show>
    );
  }
  return Object.assign(Part, { preload });
}
