import { expect, test } from "vitest";
import { isOnlyHere } from "./only-here.tsx";

test("knows the addresses that lead nowhere but to this machine", () => {
  for (const host of ["localhost:8000", "a.localhost", "127.0.0.1:18789", "[::1]:80"])
    expect(isOnlyHere(`http://${host}/#token=x`), host).toBe(true);
  for (const host of ["192.168.1.5", "claw.example.com", "localhost.example.com", "[fd00::1]"])
    expect(isOnlyHere(`http://${host}/`), host).toBe(false);
});
