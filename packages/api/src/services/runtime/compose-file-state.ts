/** No instance can have this name. */
export const COMPOSE_FILE = "docker-compose.yml";

/** Whether docker-compose.yml says what runs. */
export interface ComposeFileState {
  /** Why it could not be written last time, or null. */
  readonly fault: string | null;
  setFault(fault: string | null): void;
}

export function createComposeFileState(onFault: () => void): ComposeFileState {
  let fault: string | null = null;
  return {
    get fault() {
      return fault;
    },
    setFault(next) {
      fault = next;
      if (next !== null) onFault();
    },
  };
}
