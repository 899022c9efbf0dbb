import { InstanceId } from "@claw/core/instance";
import { InstanceRef } from "@claw/core/instance-views";
import { DeviceRef, Pairing } from "@claw/core/pairing";
import { z } from "zod";
import { approveDevice, rejectDevice, removeDevice } from "../services/device/decide-on-device.ts";
import { readPairing } from "../services/device/read-pairing.ts";
import { INSTANCE_ACCESS } from "../services/instance/instance-access.ts";
import { procedure } from "./init.ts";

const OfOne = z.object({ id: InstanceId });
const OnRequest = OfOne.extend({ requestId: DeviceRef });
const OnDevice = OfOne.extend({ deviceId: DeviceRef });

const decision = procedure({ ...INSTANCE_ACCESS.use, on: "device" });

/** The devices of an instance, and those that ask to become one. */
export const deviceProcedures = {
  pairing: procedure({ ...INSTANCE_ACCESS.use, does: "read" })
    .input(OfOne)
    .output(Pairing)
    .query(({ ctx, input }) => readPairing(ctx.app, input.id)),
  approveDevice: decision
    .input(OnRequest)
    .output(InstanceRef)
    .mutation(({ ctx, input }) => approveDevice(ctx.app, input)),
  rejectDevice: decision
    .input(OnRequest)
    .output(InstanceRef)
    .mutation(({ ctx, input }) => rejectDevice(ctx.app, input)),
  removeDevice: decision
    .input(OnDevice)
    .output(InstanceRef)
    .mutation(({ ctx, input }) => removeDevice(ctx.app, input)),
};
