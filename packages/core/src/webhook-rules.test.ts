import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WebhookPaths } from "./webhook-paths.ts";
import { foldWebhookPaths, isWebhookPath, webhookPathProblem } from "./webhook-rules.ts";

describe("a path that may be open", () => {
  test.each([
    "/wecom",
    "/wecom/callback",
    "/line/webhook",
    "/telegram/123:AB_c-d",
    "/a.b/c~d",
    "/api/channels/x",
    "/api/v1/administration",
    `/${"x".repeat(199)}`,
  ])("is %s", (path) => expect(webhookPathProblem(path)).toBeNull());

  test.each([
    ["", "relative"],
    ["wecom", "relative"],
    ["https://panel/wecom", "relative"],
    ["/", "root"],
    ["//", "root"],
    [`/${"x".repeat(200)}`, "long"],
    ["/api/v1/admin", "reserved"],
    ["/API/v1/Admin/rpc", "reserved"],
    ["/.claw", "reserved"],
    ["/.claw/enter", "reserved"],
    // They lie above what only the panel calls.
    ["/api", "reserved"],
    ["/api/v1", "reserved"],
    ["/wecom/..", "unusual"],
    ["/./wecom", "unusual"],
    ["/wecom/.hidden", "unusual"],
    ["/wecom//callback", "unusual"],
    ["/wecom%2fcallback", "unusual"],
    ["/wecom/%2e%2e", "unusual"],
    ["/wecom;x=1", "unusual"],
    ["/wecom\\callback", "unusual"],
    ["/wecom?x", "unusual"],
    ["/wecom#x", "unusual"],
    ["/wecom callback", "unusual"],
    ["/微信", "unusual"],
    ["/wecom\n", "unusual"],
  ] as const)("is not %j: %s", (path, problem) => expect(webhookPathProblem(path)).toBe(problem));
});

describe("the paths of an instance", () => {
  test("are kept once each, without a slash at the end", () => {
    const typed = [" /wecom/callback/ ", "/wecom/callback", "/feishu"];
    expect(WebhookPaths.parse(typed)).toEqual(["/wecom/callback", "/feishu"]);
    expect(foldWebhookPaths(["/"])).toEqual(["/"]);
  });

  test("are at most ten, each with a sentence that says what is wrong", () => {
    const many = Array.from({ length: 11 }, (_, n) => `/hook${n}`);
    expect(WebhookPaths.safeParse(many.slice(1)).success).toBe(true);
    expect(WebhookPaths.safeParse(many).error?.issues[0]?.message).toBe(
      "An instance can have at most 10 webhook paths.",
    );
    const wrong = WebhookPaths.safeParse(["/wecom", "/api/v1"]).error;
    expect(wrong?.issues.map(({ message }) => message)).toEqual([
      expect.stringContaining("which only the panel uses"),
    ]);
  });
});

describe("a request", () => {
  const open = ["/wecom/callback", "/feishu"];

  test.each([
    "/wecom/callback",
    "/wecom/callback/",
    "/wecom/callback/agent-1",
    "/feishu/events",
  ])("to %s is one to an open path", (path) => expect(isWebhookPath(open, path)).toBe(true));

  test.each([
    "/",
    "",
    "/wecom",
    "/wecom/callbacks",
    "/WeCom/callback",
    "/feishu/../chat",
    "/feishu/..",
    "/feishu/.",
    "/feishu/%2e%2e/chat",
    "/feishu/%2E%2E%2Fchat",
    "/feishu/..;/chat",
    "/feishu;/../chat",
    "/feishu/events;x=1",
    "/feishu//events",
    "//feishu",
    "/feishu\\..\\chat",
    "/feishu/\u0000",
    "/feishu/events\n",
    "http://x/feishu",
  ])("to %j is none", (path) => expect(isWebhookPath(open, path)).toBe(false));

  test("never reaches what only the panel calls, whatever was stored", () => {
    expect(isWebhookPath(["/api"], "/api/v1/admin/rpc")).toBe(false);
    expect(isWebhookPath(["/API/v1"], "/API/v1/ADMIN/rpc")).toBe(false);
    expect(isWebhookPath(["/.claw"], "/.claw/enter")).toBe(false);
  });

  test("that is one means the same to every reader: nothing in it is decoded or resolved", () => {
    const piece = fc.constantFrom("/", "feishu", "..", ".", "%2e", "%2f", ";", "\\", "a", "//");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = `/feishu${pieces.join("")}`;
        if (!isWebhookPath(open, path)) return;
        expect(new URL(`http://x${path}`).pathname).toBe(path);
        expect(decodeURIComponent(path)).toBe(path);
      }),
    );
  });
});
