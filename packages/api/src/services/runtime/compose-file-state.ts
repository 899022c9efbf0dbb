/** Not a valid instance id. */
export const COMPOSE_FILE = "docker-compose.yml";

/** Whether docker-compose.yml matches the running instances. */
export interface ComposeFileState {
  /** Why the last write failed, or null. */
  readonly fault: string | null;
  setFault(fault: string | null): void;
}

export function createComposeFileState(
  onFault: () => void,
  onChange: () => void = () => {},
): ComposeFileState {
  let fault: string | null = null;
  return {
    get fault() {
      return fault;
    },
    setFault(next) {
      const isAnother = next !== fault;
      fault = next;
      if (isAnother) onChange();
      if (next !== null) onFault();
    },
  };
}
