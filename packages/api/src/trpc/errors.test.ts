import { DomainError, REASONS } from "@claw/core/errors";
import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorData, errorMessage, toTRPCError } from "./errors.ts";

describe("an error that the panel means", () => {
  test.each(REASONS)("has a code, and keeps its sentence and reason: %s", (reason) => {
    const error = new DomainError(reason, "What happened, and what to do.");
    const answer = toTRPCError(error);
    expect(answer.code).toMatch(/^[A-Z_]+$/);
    expect(answer.message).toBe("What happened, and what to do.");
    expect(answer.cause).toBe(error);
    expect(errorData(answer)).toEqual({ reason, issues: [] });
  });

  test.each([
    ["INSTANCE_NOT_FOUND", "NOT_FOUND"],
    ["INSTANCE_EXISTS", "CONFLICT"],
    ["PORT_TAKEN", "CONFLICT"],
    ["PORTS_EXHAUSTED", "CONFLICT"],
    ["BUSY", "CONFLICT"],
    ["REVISION_MISMATCH", "CONFLICT"],
    ["CONFIG_INVALID", "BAD_REQUEST"],
    ["IMAGE_MISSING", "PRECONDITION_FAILED"],
    ["ENGINE_UNREACHABLE", "SERVICE_UNAVAILABLE"],
  ] as const)("has the code of the contract: %s is %s", (reason, code) => {
    expect(toTRPCError(new DomainError(reason, "x")).code).toBe(code);
  });

  test("keeps the places that are wrong", () => {
    const issues = [{ line: 2, column: 3, path: "gateway.port", message: "must be a number" }];
    const answer = toTRPCError(new DomainError("CONFIG_INVALID", "x", { issues }));
    expect(errorData(answer).issues).toEqual(issues);
  });

  test("is found again in what tRPC wraps it in", () => {
    const cause = new DomainError("BUSY", "busy");
    const wrapped = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });
    expect(toTRPCError(wrapped)).toMatchObject({ code: "CONFLICT", message: "busy" });
  });
});

describe("an error that nobody meant", () => {
  test.each([
    new TypeError("cannot read /home/somebody/secret"),
    "text",
    null,
    undefined,
    Object.assign(new Error("ECONNREFUSED 10.0.0.1"), { code: "ECONNREFUSED" }),
  ])("tells nothing of what went wrong inside: %s", (thrown) => {
    const answer = toTRPCError(thrown);
    expect(answer.code).toBe("INTERNAL_SERVER_ERROR");
    expect(answer.message).toBe("Something went wrong in the panel. Its log has the details.");
    expect(errorData(answer)).toEqual({ reason: "INTERNAL", issues: [] });
  });

  test("tells nothing either when tRPC wrapped it", () => {
    const cause = new Error("cannot read /home/somebody/secret");
    const wrapped = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });
    expect(wrapped.message).toContain("secret");
    expect(toTRPCError(wrapped).message).toContain("Its log has the details");
    expect(toTRPCError(wrapped).cause).toBe(cause);
  });

  test("is kept for the log", () => {
    const thrown = new Error("inside");
    expect(toTRPCError(thrown).cause).toBe(thrown);
  });
});

describe("an error of tRPC's own", () => {
  test("stays as it is", () => {
    const error = new TRPCError({ code: "NOT_FOUND", message: "no such procedure" });
    expect(toTRPCError(error)).toBe(error);
    expect(errorData(error).reason).toBe("INVALID_INPUT");
  });
});

describe("input that does not fit", () => {
  const Input = z.object({ id: z.string().regex(/^a$/, "The id must be a."), n: z.int() });
  const errorOf = (value: unknown) => Input.safeParse(value).error as z.ZodError;

  const refused = (value: unknown) => new TRPCError({ code: "BAD_REQUEST", cause: errorOf(value) });

  test("is one sentence, not zod's JSON", () => {
    expect(errorMessage(refused({ id: "b", n: 1 }))).toBe("The id must be a.");
    expect(errorMessage(refused({ id: "b", n: 1.5 }))).toMatch(/^The id must be a\. \S/);
  });

  test("names each place", () => {
    expect(errorData(refused({ id: "b" }))).toMatchObject({
      reason: "INVALID_INPUT",
      issues: [
        { path: "id", line: 0, column: 0, message: "The id must be a." },
        { path: "n", line: 0, column: 0 },
      ],
    });
  });

  test("is not confused with an answer that does not fit: that is the panel's own fault", () => {
    const answer = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: errorOf({ id: "b" }) });
    expect(errorData(toTRPCError(answer))).toEqual({ reason: "INTERNAL", issues: [] });
    expect(errorMessage(toTRPCError(answer))).toContain("Its log has the details");
  });
});
