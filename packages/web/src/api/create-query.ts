import { createSignal, onCleanup } from "solid-js";

/**
 * A query that runs at once and again on `refetch`. Keeps the last answer while loading and after a
 * failure; drops an answer that a later request overtook.
 */
export function createQuery<Data>(ask: (signal: AbortSignal) => Promise<Data>) {
  const [data, setData] = createSignal<Data>();
  const [error, setError] = createSignal<unknown>();
  const [fetching, setFetching] = createSignal(false);
  let current: AbortController | undefined;

  const refetch = async (): Promise<void> => {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    setFetching(true);
    try {
      const answer = await ask(mine.signal);
      if (current !== mine) return;
      setData(() => answer);
      setError(undefined);
    } catch (thrown) {
      if (current === mine) setError(thrown);
    } finally {
      if (current === mine) setFetching(false);
    }
  };
  onCleanup(() => {
    current?.abort();
    current = undefined;
  });
  void refetch();
  return { data, error, fetching, refetch };
}
