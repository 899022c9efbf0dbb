interface Handlers {
  onError: (error: unknown) => void;
  onComplete: () => void;
}

const RETRY_MS = 2000;

/**
 * Keeps a subscription alive. The client handles lost connections; this resubscribes when the panel
 * ended it, by an error or a shutdown. Returns a function that stops.
 */
export function keepSubscribed(
  subscribe: (handlers: Handlers) => { unsubscribe(): void },
  onError: (error: unknown) => void = () => {},
): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: { unsubscribe(): void } | undefined;

  const again = () => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(begin, RETRY_MS);
  };
  const begin = () => {
    current?.unsubscribe();
    current = subscribe({
      onError: (error) => {
        if (stopped) return;
        onError(error);
        again();
      },
      onComplete: again,
    });
  };
  begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
    current?.unsubscribe();
  };
}
