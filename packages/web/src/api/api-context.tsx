import { createContext, type ParentProps, useContext } from "solid-js";
import type { Api } from "./client.ts";

const ApiContext = createContext<Api>();

export function ApiProvider(props: ParentProps<{ api: Api }>) {
  return <ApiContext.Provider value={props.api}>{props.children}</ApiContext.Provider>;
}

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error("useApi needs an <ApiProvider> above it.");
  return api;
}
