import { isObject } from "./is-object.ts";
import { valueAt } from "./openclaw-config.ts";

/** The provider of the default model, which is `"provider/model"` or `{ primary: "provider/model" }`. */
export function defaultProvider(config: Record<string, unknown>): string | null {
  const model = valueAt(config, ["agents", "defaults", "model"]);
  const name = isObject(model) ? model.primary : model;
  const at = typeof name === "string" ? name.indexOf("/") : -1;
  return typeof name === "string" && at > 0 ? name.slice(0, at) : null;
}
