import { type Accessor, createContext, useContext } from "solid-js";

const LayerContext = createContext<Accessor<HTMLElement | undefined>>(() => undefined);

/** A dialog offers itself as the place for what floats above its content. */
export const LayerProvider = LayerContext.Provider;

/**
 * Where a list or menu that floats has to be put: into the dialog it belongs to, because
 * everything outside of an open dialog is hidden from assistive technology.
 */
export function useLayer(): Accessor<Node> {
  const dialog = useContext(LayerContext);
  return () => dialog() ?? document.body;
}
