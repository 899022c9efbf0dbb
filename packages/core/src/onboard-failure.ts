/** Network errors, as programs word them. */
const NETWORK =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b|fetch failed|getaddrinfo|socket hang up|network (?:is unreachable|error|timeout)|unable to get local issuer certificate/i;
/** OpenClaw installs a provider's plugin with npm, which an image may lack. */
const MISSING =
  /\bENOENT\b|npm(?:: command)? not found|spawn npm|required but unavailable|unable to install/i;
const KEY = /\b(?:401|403)\b|unauthori[sz]ed|forbidden|(?:invalid|incorrect|wrong)[^.\n]*\bkey\b/i;
/** Text after a cause that adds nothing to it. */
const AFTERWORDS = /^(?:\[openclaw\] )?(?:Debug|Try|Help):|^[{}\],"]|^$/;
const REASON = /^\[openclaw\] Reason: /;

/** Why OpenClaw refused a provider, from its command's output: the cause and the remedy. */
export function onboardFailure(output: string, secret?: string): { said: string; advice: string } {
  const text = secret ? output.replaceAll(secret, "***") : output;
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !AFTERWORDS.test(line));
  const told = lines.findLast((line) => REASON.test(line)) ?? causeAmong(lines) ?? lines.at(-1);
  return { said: told?.replace(REASON, "") ?? "it gave no reason", advice: adviceOn(text) };
}

function causeAmong(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => [NETWORK, MISSING, KEY].some((cause) => cause.test(line)));
}

function adviceOn(text: string): string {
  if (NETWORK.test(text))
    return "The instance reached nobody: connect the machine to the network or set its proxy, then try again. The key was not checked.";
  if (MISSING.test(text))
    return "OpenClaw installs a plugin for this provider first, and could not: the image has no npm, or the instance no way to the npm registry. The key was not checked. Where the provider speaks the OpenAI protocol, choose the custom provider with its address instead.";
  if (KEY.test(text)) return "Check the key, then try again.";
  return "Check the key and the address, then try again.";
}
