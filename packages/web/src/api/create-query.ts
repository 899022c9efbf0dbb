import { createSignal, onCleanup } from "solid-js";

/**
 * One answer of the panel's, asked for at once and again on `refetch`. Keeps the last answer while
 * it asks and when asking fails; an answer that was overtaken by a later question is dropped.
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
