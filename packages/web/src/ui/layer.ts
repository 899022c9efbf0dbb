import { type Accessor, createContext, useContext } from "solid-js";

const LayerContext = createContext<Accessor<HTMLElement | undefined>>(() => undefined);

/** The page and each dialog offer a place for what floats above their content. */
export const LayerProvider = LayerContext.Provider;

/**
 * Where a list or menu that floats has to be put: into the dialog it belongs to, because
 * everything outside of an open dialog is hidden from assistive technology.
 */
export function useLayer(): Accessor<Node> {
  const place = useContext(LayerContext);
  return () => place() ?? document.body;
}
