import { type Accessor, createContext, useContext } from "solid-js";

const LayerContext = createContext<Accessor<HTMLElement | undefined>>(() => undefined);

/** The page and each dialog provide a container for floating elements. */
export const LayerProvider = LayerContext.Provider;

/**
 * The container for a floating list or menu: its dialog's, because everything outside an open
 * dialog is hidden from assistive technology.
 */
export function useLayer(): Accessor<Node> {
  const place = useContext(LayerContext);
  return () => place() ?? document.body;
}
