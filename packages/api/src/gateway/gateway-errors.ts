import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { asSentence } from "@claw/core/sentence";

// Errors of the drivers of `Gateways`.

type Of = { id: InstanceId };

export function gatewaySilent({ id }: Of): DomainError {
  return new DomainError(
    "GATEWAY_SILENT",
    `The gateway of ${id} does not answer now. Try again in a moment.`,
  );
}

export function gatewayRefuses({ id }: Of): DomainError {
  return new DomainError(
    "GATEWAY_REFUSES",
    `The gateway of ${id} does not let the panel in: gateway.auth or gateway.trustedProxies in its configuration were changed. Undo that on the configuration page, or restore a backup.`,
  );
}

export function controlPlaneOff({ id }: Of): DomainError {
  return new DomainError(
    "NOT_SUPPORTED",
    `The gateway of ${id} answers no questions of the panel, because its plugin admin-http-rpc is off. Set plugins.entries["admin-http-rpc"].enabled to true on the configuration page.`,
  );
}

export function gatewayFailed({ id }: Of, why: string): DomainError {
  return new DomainError("GATEWAY_FAILED", asSentence(`The gateway of ${id} failed: ${why}`));
}

export function deviceNotFound(): DomainError {
  return new DomainError(
    "DEVICE_NOT_FOUND",
    "The gateway no longer knows this request or device. A request expires after five minutes; let the device ask again.",
  );
}

export function suspendedByOthers({ id }: Of): DomainError {
  return new DomainError(
    "BUSY",
    `Another program has suspended the gateway of ${id}. Try again in two minutes.`,
  );
}
