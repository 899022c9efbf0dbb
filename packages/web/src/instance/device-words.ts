import type { DeviceRequest, PairedDevice } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";

type Device = DeviceRequest | PairedDevice;

/** The device's own name, its platform, or the start of its id. */
export function deviceName({ name, platform, deviceId }: Device): string {
  return name ?? platform ?? t("devices.unnamed", { id: deviceId.slice(0, 8) });
}

/** Words for the rights that it has or asks for. */
export function deviceRights({ roles, scopes }: Device): string {
  if (roles.includes("node")) return t("devices.rights.node");
  if (scopes.includes("operator.admin")) return t("devices.rights.admin");
  const onlyReads = scopes.length > 0 && scopes.every((scope) => scope === "operator.read");
  return t(onlyReads ? "devices.rights.read" : "devices.rights.use");
}
