/** Work that nobody waits for until the end. A failure goes to `onError`. */
export function createBackground(onError: (error: unknown) => void) {
  const background = new Set<Promise<void>>();
  return {
    begin(action: () => Promise<void>): void {
      const running = action()
        .catch(onError)
        .finally(() => background.delete(running));
      background.add(running);
    },
    /** Resolves when all of it has ended. */
    ended: async (): Promise<void> => void (await Promise.all(background)),
  };
}
