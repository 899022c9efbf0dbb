import { isObject } from "./is-object.ts";
import { valueAt } from "./openclaw-config.ts";

const API_KEY = /_API_KEY$/;

/**
 * Whether OpenClaw finds a model provider: in its configuration, where `openclaw onboard` and the
 * Control UI write it, or as an API key in the environment of the gateway or of the configuration.
 */
export function hasModel(
  config: Record<string, unknown>,
  environment: Readonly<Record<string, string>>,
): boolean {
  const at = (...path: string[]) => valueAt(config, path);
  const agents = Object.values(objectOf(at("agents", "entries")));
  return (
    [at("models", "providers"), at("auth", "profiles")].some(isFilled) ||
    isModel(at("agents", "defaults", "model")) ||
    agents.some((agent) => isModel(objectOf(agent).model)) ||
    [environment, objectOf(at("env")), objectOf(at("env", "vars"))].some(hasKey)
  );
}

/** `"provider/model"`, or `{ primary: "provider/model" }`. */
function isModel(value: unknown): boolean {
  const name = isObject(value) ? value.primary : value;
  return typeof name === "string" && name !== "";
}

function isFilled(value: unknown): boolean {
  return Object.keys(objectOf(value)).length > 0;
}

function hasKey(variables: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(variables).some(([name, value]) => API_KEY.test(name) && value !== "");
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}
