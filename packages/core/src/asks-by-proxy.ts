import { isObject } from "./is-object.ts";
import { valueAt } from "./openclaw-config.ts";

const PROXY_VARIABLE = /^(?:https?_proxy|all_proxy|openclaw_proxy_url)$/i;

/**
 * Whether a configuration makes OpenClaw send its requests by way of a proxy, or at least those of
 * one provider, so that a direct connection says nothing about them (OpenClaw 2026.9.6,
 * docs/security/network-proxy.md).
 */
export function asksByProxy(config: Record<string, unknown>): boolean {
  const at = (...path: string[]) => objectOf(valueAt(config, path));
  const { proxyUrl, enabled } = at("proxy");
  const variables = [at("env"), at("env", "vars")].flatMap(Object.keys);
  const providers = Object.values(at("models", "providers"));
  return (
    (isFilled(proxyUrl) && enabled !== false) ||
    variables.some((name) => PROXY_VARIABLE.test(name)) ||
    providers.some((provider) => valueAt(provider, ["request", "proxy"]) !== undefined)
  );
}

const isFilled = (value: unknown) => typeof value === "string" && value !== "";

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}
