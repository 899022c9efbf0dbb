import type { zhDevices } from "./zh-devices.ts";

export const enDevices: Readonly<Record<keyof typeof zhDevices, string>> = {
  "devices.title": "Devices",
  "devices.off": "Start the instance to see its devices.",
  "devices.byToken": "This instance opens by its token, so the panel cannot see its devices.",
  "devices.switchedOff":
    "The plugin admin-http-rpc is off in the configuration, as in instances of earlier versions, so the panel cannot see the devices. Once it is on, they appear here.",
  "devices.turnOn": "Turn on",
  "devices.turningOn": "Turning the plugin on; the instance goes on running",
  "devices.none":
    "No devices yet. Browsers that open the instance through the panel are let in by themselves; requests of others appear here.",
  "devices.refresh": "Refresh devices",
  "devices.pending": "Waiting for approval",
  "devices.pending.text":
    "Approve only devices that you know: an approved one can use this instance.",
  "devices.paired": "Approved",
  "devices.more": "Show {count} more",
  "devices.unnamed": "Device {id}",
  "devices.asked": "Asked",
  "devices.approvedAt": "Approved",
  "devices.seen": "Last used",
  "devices.connected": "Connected",
  "devices.rights.admin": "full access",
  "devices.rights.use": "use",
  "devices.rights.read": "read only",
  "devices.rights.node": "lends its machine to the agent",
  "devices.approve": "Approve",
  "devices.approveNamed": "Approve {name}",
  "devices.approved": "Approved {name}",
  "devices.reject": "Reject",
  "devices.rejectNamed": "Reject {name}",
  "devices.rejected": "Rejected {name}",
  "devices.removeNamed": "Remove {name}",
  "devices.remove.title": "Remove the device {name}",
  "devices.remove.text":
    "Its connections close, and it must be approved again before it can use the instance. A browser that opens the instance through the panel is let in again by itself.",
  "devices.remove.confirm": "Remove device",
  "devices.removed": "Removed {name}",
  "failed.approveDevice": "Could not approve {name}",
  "failed.rejectDevice": "Could not reject {name}",
};
