import { describe, expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { createDownloadTickets, RESUME_MS, TICKET_MS } from "./download-tickets.ts";

const viewer = viewerOf(userOf());

const INVALID = /used up or has run out/;

function make() {
  const host = new FakeHost();
  return { host, tickets: createDownloadTickets(host) };
}

const begin = { continues: false };
const goOn = { continues: true };

describe("a ticket", () => {
  test("is long, and another one each time", () => {
    const { tickets } = make();
    const issued = Array.from({ length: 50 }, () => tickets.issue("b1", viewer));
    expect(new Set(issued).size).toBe(50);
    for (const ticket of issued) expect(ticket).toMatch(/^[0-9a-f]{64}$/);
  });

  test("is for its own backup", () => {
    const { tickets } = make();
    const [one, two] = [tickets.issue("b1", viewer), tickets.issue("b2", viewer)];
    expect(tickets.look(one)).toMatchObject({ backupId: "b1", viewer });
    expect(tickets.look(two)).toMatchObject({ backupId: "b2", viewer });
  });

  test("begins one download", () => {
    const { tickets } = make();
    const ticket = tickets.issue("b1", viewer);
    tickets.use(ticket, begin);
    expect(() => tickets.use(ticket, begin)).toThrow(INVALID);
  });

  test("is not used up by a look", () => {
    const { tickets } = make();
    const ticket = tickets.issue("b1", viewer);
    for (let look = 0; look < 3; look++) expect(tickets.look(ticket).backupId).toBe("b1");
    tickets.use(ticket, begin).ended();
    expect(tickets.look(ticket).backupId).toBe("b1");
  });

  test("runs out after a minute, whichever way it is asked for", () => {
    const { host, tickets } = make();
    const ticket = tickets.issue("b1", viewer);
    host.advance(TICKET_MS - 1_000);
    expect(tickets.look(ticket).backupId).toBe("b1");
    host.advance(1_000);
    expect(() => tickets.look(ticket)).toThrow(INVALID);
    expect(() => tickets.use(ticket, begin)).toThrow(INVALID);
    expect(() => tickets.use(ticket, goOn)).toThrow(INVALID);
    // Issuing a ticket forgets expired ones.
    tickets.issue("b1", viewer);
    expect(() => tickets.look(ticket)).toThrow(INVALID);
  });

  test.each(["", "0".repeat(64), "../../etc/passwd"])("that was never issued: %j", (ticket) => {
    const { tickets } = make();
    tickets.issue("b1", viewer);
    expect(() => tickets.look(ticket)).toThrow(INVALID);
    expect(() => tickets.use(ticket, goOn)).toThrow(INVALID);
  });
});

describe("a download that broke off", () => {
  test("can be gone on with until ten minutes after its last bytes, again and again", () => {
    const { host, tickets } = make();
    const ticket = tickets.issue("b1", viewer);
    tickets.use(ticket, begin).ended();
    for (let cut = 0; cut < 3; cut++) {
      host.advance(RESUME_MS - 1_000);
      tickets.use(ticket, goOn).ended();
    }
    host.advance(RESUME_MS);
    expect(() => tickets.use(ticket, goOn)).toThrow(INVALID);
  });

  test("does not run out while it goes on, however slow it is", () => {
    const { host, tickets } = make();
    const ticket = tickets.issue("b1", viewer);
    const slow = tickets.use(ticket, begin);
    host.advance(10 * RESUME_MS);
    tickets.issue("b2", viewer);
    tickets.use(ticket, goOn).ended();
    host.advance(10 * RESUME_MS);
    expect(tickets.look(ticket).backupId).toBe("b1");
    slow.ended();
    slow.ended();
    host.advance(RESUME_MS);
    expect(() => tickets.look(ticket)).toThrow(INVALID);
  });
});
